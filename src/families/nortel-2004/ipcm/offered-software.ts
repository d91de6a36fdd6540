import { parseImageName, sortOfImage } from '../image-name.ts';
import { modelOfItType, sipModel } from '../models.ts';
import type { Provisioning } from './provisioning.ts';

/** A phone that asks for software, and what it should come to. */
export type SoftwareAsk = {
  readonly provisioning: Provisioning;
  /** The version that it reported: `0604D98`. */
  readonly firmware: string;
  /** Of UNIStim: 0x02 is the 2004. */
  readonly itType: number;
  /** Of the inventory, where it is in it. */
  readonly model?: string | undefined;
  /** The image that it should run, where somebody said so. */
  readonly wanted?: string | undefined;
  /** That of its plan's present step, where the plan goes on by UFTP. */
  readonly step?: string | undefined;
};

export type SoftwareDecision =
  | { readonly kind: 'offer'; readonly image: string; readonly because: string }
  | { readonly kind: 'refused'; readonly code: string; readonly because: string };

/**
 * Which software a phone is offered: the step of its plan, if the service is provisioned with it; for
 * a phone without a wish what the lab note says. NN42020-202, section 5, steps 3 and 4.
 */
export function softwareFor(ask: SoftwareAsk): SoftwareDecision {
  const { provisioning, step, wanted } = ask;
  const { locked, sipUpgrade } = provisioning;
  if (locked) return refused('ipcm-locked', 'the IPCM service is locked');
  if (step !== undefined) {
    const problem = stepProblem(ask, step);
    if (!problem) return offer(step, 'the next step of its plan');
    if (problem.code !== 'sip-upgrade-off') return problem;
    return sortOfImage(ask.firmware) === 'transitional' ? unistimOf(ask) : problem;
  }
  if (wanted !== undefined && !wantsMore(ask, wanted))
    return refused('nothing-to-do', `it runs ${ask.firmware}, as it should`);
  if (wanted !== undefined) return refused('no-step', `no step by UFTP leads to ${wanted} now`);
  return sipUpgrade && modelOf(ask) === sipModel ? upgradeOf(ask) : unistimOf(ask);
}

function modelOf({ model, itType }: SoftwareAsk): string | undefined {
  return model ?? modelOfItType(itType)?.name;
}

function wantsMore({ firmware }: SoftwareAsk, wanted: string): boolean {
  return keyOf(firmware) !== keyOf(wanted);
}

/** Why the step of the plan cannot be offered as the service is provisioned. */
function stepProblem(
  ask: SoftwareAsk,
  step: string,
): Extract<SoftwareDecision, { kind: 'refused' }> | undefined {
  const { provisioning } = ask;
  const { sip, transitional, unistim, sipUpgrade } = provisioning;
  const sort = sortOfImage(step);
  if (sort !== 'unistim') {
    if (modelOf(ask) !== sipModel)
      return refused('no-sip-load', `there is SIP software for the IP Phone ${sipModel} alone`);
    if (!sipUpgrade) return refused('sip-upgrade-off', 'the 2004 SIP upgrade is switched off');
  }
  const rows = { sip, transitional, unistim: unistim.get(modelOf(ask) ?? '') };
  const provisioned = rows[sort];
  if (provisioned !== undefined && keyOf(provisioned) === keyOf(step)) return undefined;
  const has = provisioned ?? 'none';
  return refused(
    'not-provisioned',
    `its plan wants ${step}, the service is provisioned with ${has} as ${words[sort]}`,
  );
}

const words = {
  sip: 'SIP firmware',
  transitional: 'transitional firmware',
  unistim: 'UNIStim firmware of its model',
};

/** "Enable 2004 SIP upgrade" is checked: the transitional image, then the SIP image. */
function upgradeOf({ provisioning, firmware }: SoftwareAsk): SoftwareDecision {
  const { sip, transitional } = provisioning;
  if (transitional === undefined || sip === undefined) {
    const lacks = transitional === undefined ? words.transitional : words.sip;
    return refused('not-provisioned', `no ${lacks} is provisioned`);
  }
  const runs = keyOf(firmware);
  if (runs === keyOf(sip)) return refused('nothing-to-do', `it runs ${firmware} already`);
  if (runs === keyOf(transitional))
    return offer(sip, 'the SIP upgrade is on, and it has the transitional firmware');
  return offer(transitional, 'the SIP upgrade is on: the transitional firmware comes first');
}

/** Unchecked: UNIStim firmware. */
function unistimOf(ask: SoftwareAsk): SoftwareDecision {
  const { provisioning, firmware } = ask;
  const model = modelOf(ask);
  const image = model === undefined ? undefined : provisioning.unistim.get(model);
  if (image === undefined)
    return refused('not-provisioned', `no UNIStim firmware is provisioned for ${model ?? 'it'}`);
  if (keyOf(image) === keyOf(firmware))
    return refused('nothing-to-do', `it runs ${firmware} already`);
  return offer(image, 'UNIStim firmware of its model');
}

function keyOf(image: string): string {
  return parseImageName(image)?.key ?? image;
}

function offer(image: string, because: string): SoftwareDecision {
  return { kind: 'offer', image, because };
}

function refused(code: string, because: string): Extract<SoftwareDecision, { kind: 'refused' }> {
  return { kind: 'refused', code, because };
}
