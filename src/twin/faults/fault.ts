import type { Hooks } from '../boots.ts';
import type { Clock } from '../clock.ts';
import type { TwinDhcp } from '../dhcp/dhcp-speech.ts';
import type { Memory, Storing } from '../memory.ts';
import type { Network } from '../network.ts';
import type { Server } from '../tftp-client.ts';
import type { WebClient } from '../web-client.ts';

export type TwinFamily = 'cisco-7900' | 'cisco-java' | 'nortel-2004';

/** What of a twin's surroundings and doing a fault may change; `T` is what its memory holds. */
export type FaultyParts<T> = {
  readonly network: Network;
  readonly web?: WebClient;
  readonly tftp?: Server;
  readonly http?: Server | 'model' | 'never';
  readonly dhcp?: TwinDhcp;
  readonly flash: Memory<T>;
  readonly clock: Clock;
  /** From 0 up to 1, as Math.random: the same numbers, the same faults. */
  readonly random: () => number;
  readonly hooks?: Hooks;
};

/** How a family's memory suffers. */
export type FamilyRules<T> = {
  readonly family: TwinFamily;
  /** What is left when the power fails while firmware is written. */
  interrupted(before: T, storing: Storing): T;
  /** As `next`, but with the image of before. */
  keepingImage(before: T, next: T): T;
  /** As seen by a phone whose boot code is old. */
  withOldBootCode(memory: T): T;
  /** As `next`, with the boot code that the phone really has. */
  withBootCodeOf(kept: T, next: T): T;
};

/** A thing that can be wrong with a phone, by its name. */
export type Fault = {
  readonly name: string;
  /** One line: what the phone does. */
  readonly help: string;
  readonly families: readonly TwinFamily[];
  /** The number that may follow its name. */
  readonly value?: { readonly what: string; readonly usual: number };
  /** How a phone with it ends, and what brings it back. */
  readonly ends: string;
  apply<T, P extends FaultyParts<T>>(parts: P, rules: FamilyRules<T>, value: number): P;
};

/** Both the hooks that are there and more; the earlier ones come first. */
export function addHooks(first: Hooks | undefined, second: Hooks): Hooks {
  return {
    sip: { ...first?.sip, ...second.sip },
    nortel: { ...first?.nortel, ...second.nortel },
    objection: (image) => first?.objection?.(image) ?? second.objection?.(image),
    end(end) {
      const changed = first?.end?.(end) ?? end;
      return second.end?.(changed) ?? changed;
    },
  };
}
