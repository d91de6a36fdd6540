import type { PhoneFinding } from '../../model/finding.ts';
import { failureCauses, type FailureCause, type RolloutPhone } from '../../model/rollout.ts';

type Row = {
  readonly text: string;
  readonly consequence: string;
  readonly cure: string;
};

const plug = 'look at its display; pull its plug for ten seconds';

const rows: Readonly<Record<FailureCause, Row>> = {
  'never-came-back': {
    text: 'it was asked to restart and never came back',
    consequence: 'it may be switched off, without network, or hang',
    cure: plug,
  },
  'did-not-restart': {
    text: 'it is up and did not restart when it was asked',
    consequence: 'it goes on with what it runs',
    cure: 'see that its settings let it restart from afar, or switch it off and on',
  },
  'refused-image': {
    text: 'it did not take the image',
    consequence: 'it goes on with what it ran',
    cure: 'hookflash phone show <MAC> says what it refused; hookflash plan <MAC> --try tries the way on a virtual phone',
  },
  'came-back-on-old': {
    text: 'it came back with the image that it had',
    consequence: 'it goes on with what it ran',
    cure: 'see that no other server answers it and that its settings let it load; hookflash explain <MAC>',
  },
  flaps: {
    text: 'it starts again and again',
    consequence: 'nobody can make a call with it for long',
    cure: `see its power and network; ${plug}`,
  },
  'held-up': {
    text: 'it is up and gets nothing until somebody does something',
    consequence: 'it goes on with what it runs; it may still come, and counts then',
    cure: 'do what its other finding says: hookflash phone show <MAC>',
  },
  late: {
    text: 'it is on its way and took longer than its model may',
    consequence: 'it may still come; it is not asked again meanwhile',
    cure: 'leave the plug alone for ten minutes; hookflash explain <MAC> says where it stands',
  },
  'registers-no-more': {
    text: 'it is back with what it should run and does not register',
    consequence: 'nobody can call it',
    cure: 'compare what it gets now with what it had: hookflash render <MAC> --diff',
  },
  unreachable: {
    text: 'it could not be asked to restart',
    consequence: 'it goes on with what it runs',
    cure: 'see that it is on and registered; else switch it off and on at the desk',
  },
  'no-way': {
    text: 'there is no way any more to what it should run',
    consequence: 'it is left on what it runs',
    cure: 'hookflash phone show <MAC> says what is in the way',
  },
};

/** Codes of findings about phones that failed in a rollout. */
export const rolloutCodes: readonly string[] = failureCauses.map(codeOf);

/** What is told of a phone that failed. */
export function failureFinding(phone: RolloutPhone): PhoneFinding | undefined {
  const { mac, cause, reason, rollout, since: at } = phone;
  if (cause === undefined) return undefined;
  const { text, consequence, cure } = rows[cause];
  return {
    ...{ mac, at, code: codeOf(cause), severity: 'error', consequence, cure },
    text: `rollout ${rollout}: ${text} (${reason})`,
  };
}

function codeOf(cause: FailureCause): string {
  return `rollout-${cause}`;
}
