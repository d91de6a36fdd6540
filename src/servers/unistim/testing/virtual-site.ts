import { seededRandom } from '../../../twin/seeded-random.ts';
import type { Mac } from '../../../wire/mac.ts';
import { Counters } from '../../counters.ts';
import type { FileHandler, TransferEnd } from '../../file.ts';
import { noRateLimit, type RateLimit, RateLimiter } from '../../rate-limit.ts';
import { counterNames } from '../counters.ts';
import type { SoftwareOffer, UnistimHandler } from '../handler.ts';
import { UnistimService, type UnistimServiceOptions } from '../service.ts';
import type { UnistimPath } from '../path.ts';
import { type Port, SimplePhone, type SimplePhoneOptions } from './simple-phone.ts';

export type Conditions = {
  readonly seed?: number;
  /** Chances for each datagram, both ways. */
  readonly loss?: number;
  readonly repeats?: number;
  /** Each datagram takes up to this many milliseconds. */
  readonly delayMs?: number;
  readonly files?: Readonly<Record<string, Uint8Array>>;
  readonly handler?: Partial<UnistimHandler>;
  readonly limit?: RateLimit;
} & Pick<UnistimServiceOptions, 'limits' | 'assumptions' | 'timing'>;

type OnTheWay = { readonly at: number; readonly arrive: () => void };

/** A datagram as a capture has it. */
export type Seen = {
  readonly at: number;
  readonly from: 'phone' | 'server';
  readonly port: Port;
  readonly path: UnistimPath;
  readonly bytes: Uint8Array;
};

export const epoch = Date.parse('2010-01-02T03:04:50Z');
export const serverAddress = '192.0.2.10';

export function offerOf(image: string, path = `${image}.bin`): SoftwareOffer {
  return { image, path, identifier: image, because: 'the test wants it' };
}

/** The service and phones with a network between them, all by one clock that goes as fast as it can. */
export class VirtualSite {
  readonly service: UnistimService;
  readonly counters = new Counters(counterNames);
  readonly events: string[] = [];
  readonly problems: string[] = [];
  readonly malformed: string[] = [];
  readonly transfers: TransferEnd[] = [];
  readonly wire: Seen[] = [];
  readonly #conditions: Conditions;
  readonly #random: () => number;
  readonly #phones = new Map<string, SimplePhone>();
  #onTheWay: OnTheWay[] = [];
  #now = 0;

  constructor(conditions: Conditions = {}) {
    this.#conditions = conditions;
    this.#random = seededRandom(conditions.seed ?? 1);
    const { limits, assumptions, timing, limit = noRateLimit } = conditions;
    const clock = () => this.#now;
    this.service = new UnistimService({
      handler: { ...this.#handler(), ...conditions.handler },
      files: this.#files(),
      counters: this.counters,
      limiter: new RateLimiter({ limit, now: clock }),
      ...{ clock, now: () => epoch + this.#now },
      transmit: (bytes, path) => this.#toPhone(bytes, path, 'unistim'),
      transmitFile: (bytes, path) => this.#toPhone(bytes, path, 'uftp'),
      fileServer: (address) => ({ address, port: 5105 }),
      onMalformed: (_, { address }, reason) => this.malformed.push(`${address}: ${reason}`),
      onProblem: ({ text }) => this.problems.push(text),
      ...(limits && { limits }),
      ...(assumptions && { assumptions }),
      ...(timing && { timing }),
    });
  }

  get now(): number {
    return this.#now;
  }

  phone(
    options: Omit<SimplePhoneOptions, 'send' | 'now'>,
    address = '192.0.2.20',
    port = 5000,
  ): SimplePhone {
    const path = { address, port, local: serverAddress };
    const phone = new SimplePhone({
      ...options,
      now: () => this.#now,
      send: (bytes, to) => this.#toServer(bytes, path, to),
    });
    this.#phones.set(`${address}:${port}`, phone);
    return phone;
  }

  /** A datagram that no phone of the site said. */
  inject(hex: string, address = '192.0.2.99', port = 5000, to: Port = 'unistim'): void {
    const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
    this.#toServer(bytes, { address, port, local: serverAddress }, to);
  }

  /** Goes on until this is so; false where it was not within the time, in milliseconds. */
  async until(isSo: () => boolean, withinMs = 600_000): Promise<boolean> {
    const end = this.#now + withinMs;
    await flush();
    while (!isSo()) {
      if (this.#now >= end) return false;
      await this.#step(end);
    }
    return true;
  }

  async pass(ms: number): Promise<void> {
    await this.until(() => false, ms);
  }

  /** In steps of the service's tick, or of what arrives before. */
  async #step(end: number): Promise<void> {
    const tickAt = (Math.floor(this.#now / tickMs) + 1) * tickMs;
    const arrivesAt = this.#onTheWay.reduce((least, { at }) => Math.min(least, at), Infinity);
    this.#now = Math.max(this.#now, Math.min(tickAt, arrivesAt, end));
    const due = this.#onTheWay.filter(({ at }) => at <= this.#now);
    this.#onTheWay = this.#onTheWay.filter(({ at }) => at > this.#now);
    due.sort((one, other) => one.at - other.at);
    for (const { arrive } of due) arrive();
    if (this.#now === tickAt) {
      this.service.tick();
      for (const phone of this.#phones.values()) phone.tick();
    }
    await flush();
  }

  #toServer(bytes: Uint8Array, path: UnistimPath, port: Port): void {
    this.wire.push({ at: this.#now, from: 'phone', port, path, bytes });
    this.#carry(() => {
      if (port === 'unistim') this.service.receive(bytes, path);
      else this.service.receiveFile(bytes, path);
    });
  }

  #toPhone(bytes: Uint8Array, path: UnistimPath, port: Port): void {
    this.wire.push({ at: this.#now, from: 'server', port, path, bytes });
    const phone = this.#phones.get(`${path.address}:${path.port}`);
    if (phone) this.#carry(() => phone.receive(bytes, port));
  }

  #carry(arrive: () => void): void {
    const { loss = 0, repeats = 0, delayMs = 0 } = this.#conditions;
    const copies = this.#random() < loss ? 0 : this.#random() < repeats ? 2 : 1;
    for (let copy = 0; copy < copies; copy++)
      this.#onTheWay.push({ at: this.#now + this.#random() * delayMs, arrive });
  }

  #handler(): UnistimHandler {
    const told = (mac: Mac, text: string) => this.events.push(`${mac} ${text}`);
    return {
      registered: () => Promise.resolve({ title: 'Hookflash' }),
      firmwareRequested: () => Promise.resolve(offerOf('CT12D97')),
      pointers: () => Promise.resolve([]),
      event: ({ mac }, { from, text }) => told(mac, `${from}: ${text}`),
      closed: ({ mac }, why) => told(mac, `closed: ${why}`),
    };
  }

  #files(): FileHandler {
    const { files = {} } = this.#conditions;
    return {
      open: ({ path, mac = '' }) => {
        const bytes = files[path];
        const ticket = `${mac} ${path}`;
        return Promise.resolve(
          bytes ? { kind: 'found', bytes, ticket } : { kind: 'missing', ticket },
        );
      },
      closed: (end) => void this.transfers.push(end),
    };
  }
}

const tickMs = 100;

/** Lets promises go on. */
function flush(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
