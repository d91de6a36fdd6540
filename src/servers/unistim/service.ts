import type { RudpFrame } from '../../codec/unistim/rudp-frame.ts';
import { parseRudp } from '../../codec/unistim/rudp-frame.ts';
import { type RudpTiming, usualRudpTiming } from '../../codec/unistim/rudp-link.ts';
import { CodecError } from '../../wire/codec-error.ts';
import type { Mac } from '../../wire/mac.ts';
import type { Counters } from '../counters.ts';
import { hexOf } from '../evidence.ts';
import type { FileHandler } from '../file.ts';
import type { RateLimiter } from '../rate-limit.ts';
import { messageOf } from '../message-of.ts';
import { type UnistimAssumptions, usualAssumptions } from './assumptions.ts';
import type { CounterName } from './counters.ts';
import type { Received } from './file-connections.ts';
import type { UnistimHandler, UnistimPhone } from './handler.ts';
import { type UnistimLimits, usualLimits } from './limits.ts';
import type { UnistimPath } from './path.ts';
import type { OnProblem } from './problem.ts';
import { FileService } from './file-service.ts';
import type { Session } from './session.ts';
import type { SessionEnd } from './session-context.ts';
import { Sessions } from './sessions.ts';
import type { FileServer } from './software-commands.ts';

export type UnistimServiceOptions = {
  readonly handler: UnistimHandler;
  readonly files: FileHandler;
  readonly counters: Counters<CounterName>;
  readonly limiter: RateLimiter;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
  /** Sends from the port for UNIStim, and from that for files. */
  readonly transmit: (datagram: Uint8Array, path: UnistimPath) => void;
  readonly transmitFile: (datagram: Uint8Array, path: UnistimPath) => void;
  /** Where phones that came to this address of the server fetch files. */
  readonly fileServer: (local: string) => FileServer;
  readonly onMalformed: (datagram: Uint8Array, path: UnistimPath, reason: string) => void;
  readonly onProblem: OnProblem;
  readonly utcOffsetMinutes?: number;
  /** Locked from the beginning. */
  readonly isLocked?: boolean;
  readonly assumptions?: Partial<UnistimAssumptions>;
  readonly limits?: Partial<UnistimLimits>;
  readonly timing?: Partial<RudpTiming>;
};

/** A phone that is connected, for people. */
export type UnistimSession = {
  readonly mac: Mac | undefined;
  readonly address: string;
  readonly port: number;
  readonly state: 'opening' | 'registered' | 'leaving';
  readonly firmware: string | undefined;
  readonly itType: number | undefined;
  /** Milliseconds. */
  readonly ageMs: number;
  /** The image that it was told to fetch. */
  readonly image: string | undefined;
  readonly progress: string | undefined;
};

export type LockState = 'unlocked' | 'locking' | 'locked';

/** The IP Client Manager without its sockets: phones' sessions, their menus, and files for them. */
export class UnistimService {
  readonly #options: UnistimServiceOptions;
  readonly #assumptions: UnistimAssumptions;
  readonly #limits: UnistimLimits;
  readonly #handler: UnistimHandler;
  readonly #sessions: Sessions;
  readonly #files: FileService;
  #lock: LockState = 'unlocked';
  #whenLocked: (() => void)[] = [];

  constructor(options: UnistimServiceOptions) {
    this.#options = options;
    if (options.isLocked) this.#lock = 'locked';
    this.#assumptions = { ...usualAssumptions, ...options.assumptions };
    this.#limits = { ...usualLimits, ...options.limits };
    this.#handler = this.#guarded(options.handler);
    this.#files = this.#openFiles();
    this.#sessions = this.#openSessions();
  }

  get lockState(): LockState {
    return this.#lock;
  }

  get sessions(): readonly UnistimSession[] {
    const now = this.#options.clock();
    return this.#sessions.all.map((session) => shown(session, now));
  }

  /** Transfers that are going on at the port for files. */
  get fileConnections(): number {
    return this.#files.connections.size;
  }

  /** A datagram to the port for UNIStim. */
  receive(datagram: Uint8Array, path: UnistimPath): void {
    this.#receive(datagram, path, this.#sessions);
  }

  /** A datagram to the port for files. */
  receiveFile(datagram: Uint8Array, path: UnistimPath): void {
    this.#receive(datagram, path, this.#files.connections);
  }

  /** To be called some times a second. */
  tick(): void {
    const now = this.#options.clock();
    this.#sessions.tick(now);
    this.#files.tick(now);
    if (this.#lock === 'locking') this.#proceedLocking();
  }

  /**
   * No phone is let in and no file begun from now on. Files that are on their way are sent to their
   * end, for a phone whose flash is half written is lost; then its session ends. Resolves when the
   * last session has ended.
   */
  lock(): Promise<void> {
    if (this.#lock === 'locked') return Promise.resolve();
    this.#lock = 'locking';
    this.#files.offers.withdraw();
    const locked = new Promise<void>((resolve) => this.#whenLocked.push(resolve));
    this.#proceedLocking();
    return locked;
  }

  unlock(): void {
    this.#lock = 'unlocked';
    this.#tellLocked();
  }

  /** Has a phone start again. False where it is not connected. */
  reset(mac: Mac, how: 'soft' | 'hard'): boolean {
    return this.#sessions.of(mac)?.reset(how) ?? false;
  }

  /** Sends phones to another server of their list, 0 for S1: one, or all. Gives how many. */
  failOver(server: number, mac?: Mac): number {
    const found = mac === undefined ? this.#sessions.all : [this.#sessions.of(mac)];
    const told = found.filter((session) => session !== undefined);
    for (const session of told) session.failOver(server);
    return told.length;
  }

  /** Everything ends; phones are not told. */
  stop(): void {
    this.#files.connections.stop();
    for (const session of this.#sessions.all) session.end('the server stopped');
    this.#tellLocked();
  }

  #receive(
    datagram: Uint8Array,
    path: UnistimPath,
    receiver: Pick<Sessions, 'isKnown' | 'receive'>,
  ): void {
    const { counters, limiter, onMalformed } = this.#options;
    counters.add('received');
    const evidence = () => hexOf(datagram);
    if (!receiver.isKnown(path) && !limiter.admits(path.address, evidence))
      return counters.add('limited');
    const frame = readFrame(datagram);
    if (frame instanceof CodecError) {
      counters.add('malformed');
      return onMalformed(datagram, path, frame.message);
    }
    counters.add(counterOf[receiver.receive(frame, path)]);
  }

  #proceedLocking(): void {
    if (this.#lock !== 'locking') return;
    for (const session of this.#sessions.all) if (session.transfers === 0) session.leave();
    if (this.#sessions.size > 0 || this.#files.connections.busy > 0) return;
    this.#lock = 'locked';
    this.#tellLocked();
  }

  #tellLocked(): void {
    for (const resolve of this.#whenLocked.splice(0)) resolve();
  }

  #openSessions(): Sessions {
    const { now, clock, fileServer, counters, utcOffsetMinutes = 0 } = this.#options;
    return new Sessions({
      ...{ handler: this.#handler, now, clock, fileServer, utcOffsetMinutes },
      ...{ assumptions: this.#assumptions, limits: this.#limits, timing: this.#timing() },
      transmit: (datagram, path) => {
        counters.add('sent');
        this.#options.transmit(datagram, path);
      },
      offered: (offer) => {
        counters.add('offers');
        this.#files.offers.add(offer);
      },
      receiveUftp: (message, session, link) => this.#files.receiveInSession(message, session, link),
      heard: (session) => this.#files.heardInSession(session),
      closed: (session, why) => this.#closed(session, why),
      isLocked: () => this.#lock !== 'unlocked',
      onFault: (where, error) => this.#fault(where, error),
    });
  }

  #openFiles(): FileService {
    return new FileService({
      ...this.#options,
      ...{ assumptions: this.#assumptions, limits: this.#limits, timing: this.#timing() },
      handler: this.#handler,
      sessionOf: (mac) => this.#sessions.of(mac),
      isUnlocked: () => this.#lock === 'unlocked',
    });
  }

  #timing(): RudpTiming {
    return { ...usualRudpTiming, ...this.#options.timing };
  }

  #closed(session: Session, why: SessionEnd): void {
    const { counters } = this.#options;
    this.#files.closed(session);
    counters.add('retransmissions', session.retransmissions);
    const isSilent = why === 'the phone was silent';
    if (!session.phone) return counters.add('abandoned');
    counters.add(isSilent ? 'lost' : 'closed');
    this.#handler.closed(session.phone, why);
  }

  /** What only tells may not end a session. */
  #guarded(handler: UnistimHandler): UnistimHandler {
    const { counters } = this.#options;
    const tell = ({ mac }: UnistimPhone, run: () => void) => {
      try {
        run();
      } catch (error) {
        this.#fault(`the handler failed for ${mac}`, error);
      }
    };
    return {
      registered(phone) {
        counters.add('registered');
        return handler.registered(phone);
      },
      firmwareRequested: (phone) => handler.firmwareRequested(phone),
      pointers: (phone, offer) => handler.pointers(phone, offer),
      event: (phone, event) => tell(phone, () => handler.event(phone, event)),
      closed: (phone, why) => tell(phone, () => handler.closed(phone, why)),
    };
  }

  #fault(where: string, error: unknown): void {
    this.#options.onProblem({ code: 'handler', text: `UNIStim: ${where}: ${messageOf(error)}` });
  }
}

const counterOf: Readonly<Record<Received, CounterName>> = {
  hello: 'hellos',
  'in-session': 'inSession',
  stranger: 'strangers',
  refused: 'refused',
};

function readFrame(datagram: Uint8Array): RudpFrame | CodecError {
  try {
    return parseRudp(datagram);
  } catch (error) {
    if (error instanceof CodecError) return error;
    throw error;
  }
}

function shown(session: Session, now: number): UnistimSession {
  const { path, phone, mac, state, menu } = session;
  const download = menu?.screen === 'download' ? menu : undefined;
  return {
    ...{ mac, address: path.address, port: path.port },
    state: state === 'over' ? 'leaving' : state,
    firmware: phone?.firmware,
    itType: phone?.itType,
    ageMs: now - session.openedAt,
    image: download?.image,
    progress: download?.progress,
  };
}
