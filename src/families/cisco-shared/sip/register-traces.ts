import type { RegisterTokens, RegisterTraces } from '../../../model/family-sip.ts';
import type { Model } from '../../../model/phone.ts';
import { parseMac, type Mac } from '../../../wire/mac.ts';

/** `Cisco-CP7960G/8.0`, `Cisco-CP7941G-GE/9.4.2` */
const agent = /^Cisco-CP(\d{4}(?:G-GE)?)G?\/(\S+)/i;
/** Before 8.0 the 7940 and 7960 told the release alone: `CSCO/7`. */
const oldAgent = /^CSCO\/(\d+(?:\.\d+)*)/;
const ownName = /\bName=SEP([0-9A-F]{12})\b/i;
const load = /\b(?:Active)?Load=([\w.-]+)/;
const last = /\bLast=([\w-]+)/;
const deviceName = '+u.sip!devicename.ccm.cisco.com';
const deviceModel = '+u.sip!model.ccm.cisco.com';
const instance = '+sip.instance';

/**
 * What Cisco phones say of themselves in REGISTER: the device name and type number beside Contact,
 * the alarm in Reason (`cisco-alarm:25 Name=SEP… Load=SIP41.9-4-2SR3-1S Last=reset-restart`), and
 * User-Agent. Seen from phones in the mode of the call manager; others send User-Agent alone.
 */
export function ciscoTraces(
  { userAgent = '', contact, reasons }: RegisterTokens,
  models: readonly Model[],
): RegisterTraces {
  const alarm = reasons.find((text) => text.startsWith('cisco-alarm:')) ?? '';
  const [, agentModel = '', agentRelease] = agent.exec(userAgent) ?? [];
  const release = agentRelease ?? oldAgent.exec(userAgent)?.[1];
  const number = Number(contact.get(deviceModel) ?? NaN);
  const model =
    models.find((each) => each.number === number) ??
    models.find(({ name }) => name === agentModel.toUpperCase()) ??
    models.find(({ name }) => name === agentModel.slice(0, 4));
  const mac = macOf(contact, alarm);
  const image = load.exec(alarm)?.[1];
  const lastRestart = last.exec(alarm)?.[1];
  return {
    ...(mac !== undefined && { mac }),
    ...(model && { model: model.name }),
    ...(image !== undefined && { image }),
    ...(release !== undefined && { release }),
    ...(lastRestart !== undefined && { lastRestart }),
  };
}

/** The instance of these phones is a UUID whose last twelve digits are the MAC. */
function macOf(contact: ReadonlyMap<string, string>, alarm: string): Mac | undefined {
  const [, named] = /^SEP([0-9A-F]{12})$/i.exec(contact.get(deviceName) ?? '') ?? [];
  const [, inAlarm] = ownName.exec(alarm) ?? [];
  const [, byInstance] =
    /^<urn:uuid:00000000-0000-0000-0000-([0-9a-f]{12})>$/i.exec(contact.get(instance) ?? '') ?? [];
  const text = named ?? inAlarm ?? byInstance;
  return text === undefined ? undefined : parseMac(text);
}
