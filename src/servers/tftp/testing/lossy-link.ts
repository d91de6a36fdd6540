import type { TftpPacket } from '../../../codec/tftp/packet.ts';
import type { TransferTerms } from '../terms.ts';
import { acknowledge, expire, startTransfer } from '../transfer.ts';
import type { Step, Transfer } from '../transfer.ts';
import { Receiver } from './receiver.ts';

/** Shares of packets, from 0 to 1. */
export type LinkFaults = {
  readonly dropped: number;
  readonly duplicated: number;
  /** Held back, so that later ones overtake them. */
  readonly delayed: number;
};

export type SimulatedEnd = {
  readonly transfer: Transfer;
  readonly received: Uint8Array;
  readonly isComplete: boolean;
  /** Packets that the server has put on the link. */
  readonly sent: number;
};

type Event = { readonly at: number; readonly run: () => void };

const receiverSilenceMs = 3000;

/** Runs a transfer over a bad link in time of its own, until the server is done with it. */
export function simulateTransfer(
  content: Uint8Array,
  terms: TransferTerms,
  faults: LinkFaults,
  random: () => number,
): SimulatedEnd {
  const receiver = new Receiver(terms);
  const timeline = new Timeline();
  let sent = 0;
  let heardAt = 0;

  const carry = (arrive: () => void): void => {
    if (random() < faults.dropped) return;
    const copies = random() < faults.duplicated ? 2 : 1;
    for (let copy = 0; copy < copies; copy++)
      timeline.add(timeline.now + 1 + (random() < faults.delayed ? random() * 50 : 0), arrive);
  };
  const answer = (ack: TftpPacket | undefined): void => {
    if (ack?.kind === 'ack') carry(() => take(acknowledge(transfer, ack.block, timeline.now)));
  };
  const take = (step: Step): void => {
    transfer = step.transfer;
    sent += step.send.length;
    for (const packet of step.send)
      carry(() => {
        heardAt = timeline.now;
        answer(receiver.receive(packet));
      });
  };
  const remind = (): void => {
    if (timeline.now - heardAt >= receiverSilenceMs) answer(receiver.acknowledge());
    timeline.add(timeline.now + receiverSilenceMs, remind);
  };

  let { transfer } = startTransfer(content, terms, 0);
  take(startTransfer(content, terms, 0));
  timeline.add(receiverSilenceMs, remind);
  while (!transfer.outcome) {
    timeline.runUntil(transfer.dueAt);
    if (timeline.now >= transfer.dueAt) take(expire(transfer, timeline.now));
  }
  return { transfer, received: receiver.bytes, isComplete: receiver.isComplete, sent };
}

/** Events in the order of their times. */
class Timeline {
  readonly #events: Event[] = [];
  now = 0;

  add(at: number, run: () => void): void {
    let index = this.#events.length;
    while (index > 0 && (this.#events[index - 1]?.at ?? 0) > at) index--;
    this.#events.splice(index, 0, { at, run });
  }

  /** Runs the next event, or goes on to `at` if there is none before it. */
  runUntil(at: number): void {
    const next = this.#events[0];
    if (next && next.at <= at) {
      this.#events.shift();
      this.now = next.at;
      next.run();
    } else this.now = at;
  }
}
