import { parseRudp, type RudpPayload } from '../rudp-frame.ts';
import { RudpLink, type RudpTiming } from '../rudp-link.ts';
import { seededRandom } from '../../../twin/seeded-random.ts';

export type LinkConditions = {
  readonly seed: number;
  /** Chances for each datagram. */
  readonly loss?: number;
  readonly repeats?: number;
  /** Each takes up to this many milliseconds. */
  readonly delayMs?: number;
  readonly timing?: Partial<RudpTiming>;
};

type OnTheWay = {
  readonly at: number;
  readonly to: 'phone' | 'server';
  readonly bytes: Uint8Array;
};

/** Two ends of a connection, and a network between them with a clock of its own. */
export function linkPair({
  seed,
  loss = 0,
  repeats = 0,
  delayMs = 0,
  timing = {},
}: LinkConditions) {
  const random = seededRandom(seed);
  const wire: string[] = [];
  const atServer: RudpPayload[] = [];
  const atPhone: RudpPayload[] = [];
  let onTheWay: OnTheWay[] = [];
  let now = 0;
  const transmitter = (from: 'phone' | 'server') => (bytes: Uint8Array) => {
    wire.push(`${from} ${Buffer.from(bytes).toString('hex')}`);
    const to = from === 'phone' ? 'server' : 'phone';
    const copies = random() < loss ? 0 : random() < repeats ? 2 : 1;
    for (let copy = 0; copy < copies; copy++)
      onTheWay.push({ at: now + random() * delayMs, to, bytes });
  };
  const server: RudpLink = new RudpLink({
    ...{ role: 'server', timing, transmit: transmitter('server') },
    deliver: (payload) => atServer.push(payload),
    // A late copy of the hello: the phone did not begin anew.
    onReset: () => server.askForExpected(),
  });
  const phone = new RudpLink({
    ...{ role: 'phone', timing, transmit: transmitter('phone') },
    deliver: (payload) => atPhone.push(payload),
  });

  /** Goes on until nothing is awaited. */
  function settle(): void {
    for (;;) {
      const next = onTheWay.reduce((least, { at }) => Math.min(least, at), Infinity);
      const at = Math.min(next, phone.dueAt, server.dueAt);
      if (at === Infinity) return;
      now = Math.max(now, at);
      const due = onTheWay.filter((each) => each.at <= now).sort((one, two) => one.at - two.at);
      onTheWay = onTheWay.filter((each) => each.at > now);
      for (const { to, bytes } of due)
        (to === 'server' ? server : phone).receive(parseRudp(bytes), now);
      phone.tick(now);
      server.tick(now);
    }
  }

  return { phone, server, wire, atServer, atPhone, settle, now: () => now };
}
