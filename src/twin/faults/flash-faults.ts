import { BootCutShort } from '../boots.ts';
import type { Memory, Storing } from '../memory.ts';
import type { Fault } from './fault.ts';

const all = ['cisco-7900', 'cisco-java', 'nortel-2004'] as const;

/** From power-on to where a boot begins. */
const powerOnMs = 13_000;

/** What is wrong while firmware is written. */
export const flashFaults: readonly Fault[] = [
  {
    name: 'power-cut-while-flashing',
    help: 'loses power once, at this byte of the firmware that it writes',
    families: all,
    value: { what: 'byte, counted over all files', usual: 0 },
    ends: 'on the wanted image, by itself: a 7940/7960 fetches it again, a Java phone goes by its default loads file; without that file stuck until it is served; a 2004 keeps the image of before and fetches again',
    apply(parts, rules, byte) {
      let written = 0;
      const flash = whenStoring(parts.flash, (storing, before, write) => {
        const start = written;
        written += storing.size;
        if (start > byte || written <= byte) return write();
        parts.flash.write(rules.interrupted(before, storing));
        const because = `the power failed while ${storing.image} was written`;
        throw new BootCutShort({ kind: 'reboot', because, waitMs: powerOnMs });
      });
      return { ...parts, flash };
    },
  },
  {
    name: 'flash-write-fails',
    help: 'cannot write firmware, and starts again each time',
    families: all,
    ends: 'stuck, going round in circles, with what it had; gone with the fault or with the wish',
    apply(parts) {
      const flash = whenStoring(parts.flash, ({ image }) => {
        const because = `${image} could not be written`;
        throw new BootCutShort({ kind: 'reboot', because, waitMs: powerOnMs });
      });
      return { ...parts, flash };
    },
  },
  {
    name: 'boots-old-application',
    help: 'starts the image of before, whatever it has just written',
    families: all,
    ends: 'stuck, going round in circles, with what it had; gone with the fault or with the wish',
    apply(parts, rules) {
      const flash = whenStoring(parts.flash, ({ part }, before, write, next) => {
        if (part === 'application' || part === 'load')
          parts.flash.write(rules.keepingImage(before, next));
        else write();
      });
      return { ...parts, flash };
    },
  },
];

/** A memory that writes firmware otherwise; settings are written as ever. */
function whenStoring<T>(
  memory: Memory<T>,
  store: (storing: Storing, before: T, write: () => void, next: T) => void,
): Memory<T> {
  return {
    read: () => memory.read(),
    write(next, storing) {
      const write = () => memory.write(next, storing);
      if (storing === undefined) write();
      else store(storing, memory.read(), write, next);
    },
  };
}
