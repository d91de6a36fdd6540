import type { BootEnd } from '../boots.ts';
import { addHooks, type Fault } from './fault.ts';

const all = ['cisco-7900', 'cisco-java'] as const;

/** Between the end of a boot that should have been idle and the next. */
const restlessMs = 60_000;

/** What is wrong with the phone's own program. */
export const phoneFaults: readonly Fault[] = [
  {
    name: 'refuses-image',
    help: 'rejects every image, though nothing is wrong with it',
    families: all,
    ends: 'idle on what it had, or stuck where it had nothing; gone with the fault',
    apply: (parts) => ({
      ...parts,
      hooks: addHooks(parts.hooks, { objection: (image) => `it rejects ${image}` }),
    }),
  },
  {
    name: 'old-boot-code',
    help: 'has boot code from before 8.5(2), which cannot verify later loads',
    families: ['cisco-java'],
    ends: 'stuck after its default loads file where that is of a later load; one of 8.5(2) or before brings it back',
    apply: (parts, rules) => ({
      ...parts,
      flash: {
        read: () => rules.withOldBootCode(parts.flash.read()),
        write: (next, storing) =>
          parts.flash.write(rules.withBootCodeOf(parts.flash.read(), next), storing),
      },
    }),
  },
  {
    name: 'never-idle',
    help: 'starts again whenever it should be idle',
    families: all,
    ends: 'stuck, going round in circles, with the wanted image; gone with the fault',
    apply: (parts) => ({ ...parts, hooks: addHooks(parts.hooks, { end: restless }) }),
  },
];

function restless(end: BootEnd): BootEnd {
  if (end.kind !== 'idle') return end;
  return { kind: 'reboot', because: 'it does not come to rest', waitMs: restlessMs };
}
