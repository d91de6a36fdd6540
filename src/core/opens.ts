import type { Phone } from '../model/phone.ts';
import type { Mac } from '../wire/mac.ts';
import type { Clock } from './clock.ts';
import type { Asking } from './asking.ts';
import type { Withheld } from './trust/guard.ts';
import type { Found } from './view.ts';

/** A request that was answered and whose transfer has not ended. */
export type Open = {
  readonly asking: Asking;
  readonly at: number;
  readonly tie: string;
  readonly phone?: Phone;
  readonly found?: Found;
  /** Secrets that the asker did not get, where he is no phone of the inventory. */
  readonly withheld?: Withheld;
};

/** Requests on their way, by ticket. */
export type Opens = {
  add(open: Open): string;
  /** Undefined for a ticket that was taken before. */
  take(ticket: string): Open | undefined;
  /** Resolves when the phone has no transfer under way, at the latest after `atMost` ms. */
  othersEnded(mac: Mac, atMost: number): Promise<void>;
};

export function createOpens(clock: Clock): Opens {
  const opens = new Map<string, Open>();
  const counts = new Map<Mac, number>();
  const waiting = new Map<Mac, (() => void)[]>();
  let tickets = 0;

  function count(mac: Mac | undefined, change: number): void {
    if (mac === undefined) return;
    const left = (counts.get(mac) ?? 0) + change;
    if (left > 0) counts.set(mac, left);
    else {
      counts.delete(mac);
      for (const resume of waiting.get(mac) ?? []) resume();
      waiting.delete(mac);
    }
  }

  return {
    add(open) {
      const ticket = String(++tickets);
      opens.set(ticket, open);
      count(open.phone?.mac, 1);
      return ticket;
    },
    take(ticket) {
      const open = opens.get(ticket);
      if (opens.delete(ticket)) count(open?.phone?.mac, -1);
      return open;
    },
    othersEnded(mac, atMost) {
      if (!counts.has(mac)) return Promise.resolve();
      return new Promise((resolve) => {
        const cancel = clock.after(atMost, resolve);
        const resume = () => {
          cancel();
          resolve();
        };
        waiting.set(mac, [...(waiting.get(mac) ?? []), resume]);
      });
    },
  };
}
