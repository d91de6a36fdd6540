import type { Observation } from '../../model/observation.ts';
import type { Step } from '../../model/story.ts';
import type { Growing } from './growing-boot.ts';

const report = /^firmware (\S+)$/;
/** What a phone, and a server that hears of it, say before it reports what it runs. */
const greetings =
  /^(?:hello(?:, with a sequence)?|hardware id \S+|phone type .*|session over: .*)$/;

/** The version that a phone says at the beginning of a session; undefined for all else. */
export function reportedFirmware({ happening }: Observation): string | undefined {
  if (happening.kind !== 'unistim' || happening.from !== 'phone') return undefined;
  return report.exec(happening.text)?.[1];
}

/** Takes the greeting that a boot ends with out of it: it belongs to the next one. */
export function takeGreeting({ steps }: Pick<Growing, 'steps'>): readonly Step[] {
  const last = steps.findLastIndex((step) => !isGreeting(step));
  return steps.splice(last + 1);
}

function isGreeting(step: Step): boolean {
  if (!('seen' in step)) return false;
  const { happening } = step.seen;
  return happening.kind === 'unistim' && greetings.test(happening.text);
}
