import type { RudpFrame } from '../../codec/unistim/rudp-frame.ts';
import type { Mac } from '../../wire/mac.ts';
import { isHello, type Received } from './file-connections.ts';
import { pathKey, type UnistimPath } from './path.ts';
import { Session } from './session.ts';
import type { SessionContext } from './session-context.ts';

export type SessionsOptions = Omit<SessionContext<Session>, 'identified' | 'restarted' | 'resumed'>;

/** The phone's first id; Asterisk's channel driver gives it to all. */
const firstTerminalId = 0x13;
const lastTerminalId = 0xfffffffe;

/** All phones that are connected, by where their datagrams come from and by their MAC. */
export class Sessions {
  readonly #context: SessionContext<Session>;
  readonly #byPath = new Map<string, Session>();
  readonly #byMac = new Map<Mac, Session>();
  readonly #perAddress = new Map<string, { all: number; halfOpen: number }>();
  /** The oldest first. */
  readonly #halfOpen = new Set<Session>();
  #nextTerminalId = firstTerminalId;

  constructor(options: SessionsOptions) {
    this.#context = {
      ...options,
      identified: (session, mac) => this.#identified(session, mac),
      restarted: (session) => this.#restarted(session),
      resumed: (session, expects) => void this.#beginAnew(session, expects),
      closed: (session, why) => {
        this.#remove(session);
        options.closed(session, why);
      },
    };
  }

  get size(): number {
    return this.#byPath.size;
  }

  get halfOpen(): number {
    return this.#halfOpen.size;
  }

  get all(): readonly Session[] {
    return [...this.#byPath.values()];
  }

  of(mac: Mac): Session | undefined {
    return this.#byMac.get(mac);
  }

  isKnown(path: UnistimPath): boolean {
    return this.#byPath.has(pathKey(path));
  }

  receive(frame: RudpFrame, path: UnistimPath): Received {
    const known = this.#byPath.get(pathKey(path));
    if (known) {
      known.receive(frame);
      if (isHello(frame)) known.helloAt = this.#context.clock();
      return 'in-session';
    }
    if (!isHello(frame)) return 'stranger';
    if (this.#context.isLocked() || !this.#makeRoom(path)) return 'refused';
    this.#begin(path).receive(frame);
    return 'hello';
  }

  tick(now: number): void {
    for (const session of this.#byPath.values()) session.tick(now);
  }

  #begin(path: UnistimPath, expects?: number): Session {
    const session = new Session(path, this.#terminalId(), this.#context, expects);
    this.#byPath.set(pathKey(path), session);
    this.#halfOpen.add(session);
    const counts = this.#perAddress.get(path.address) ?? { all: 0, halfOpen: 0 };
    this.#perAddress.set(path.address, counts);
    counts.all++;
    counts.halfOpen++;
    return session;
  }

  /** False where an address has too many, or all places are taken by phones that are known. */
  #makeRoom({ address }: UnistimPath): boolean {
    const { limits } = this.#context;
    const counts = this.#perAddress.get(address) ?? { all: 0, halfOpen: 0 };
    if (counts.all >= limits.sessionsPerAddress) return false;
    if (counts.halfOpen >= limits.halfOpenPerAddress) return false;
    const isFull = this.size >= limits.sessions || this.halfOpen >= limits.halfOpen;
    if (!isFull) return true;
    const [oldest] = this.#halfOpen;
    oldest?.end('the phone did not say who it is');
    return oldest !== undefined;
  }

  #identified(session: Session, mac: Mac): void {
    this.#closeHalf(session);
    const before = this.#byMac.get(mac);
    this.#byMac.set(mac, session);
    if (before !== session) before?.end('the phone came by another connection');
  }

  #restarted(session: Session): void {
    const { clock, limits } = this.#context;
    if (clock() - session.helloAt < limits.lateHelloMs) return session.askForExpected();
    this.#beginAnew(session)?.askForExpected();
  }

  #beginAnew(session: Session, expects?: number): Session | undefined {
    session.end('the phone began anew');
    if (this.#context.isLocked() || !this.#makeRoom(session.path)) return undefined;
    return this.#begin(session.path, expects);
  }

  #remove(session: Session): void {
    const key = pathKey(session.path);
    if (this.#byPath.get(key) !== session) return;
    this.#byPath.delete(key);
    this.#closeHalf(session);
    const { mac } = session;
    if (mac !== undefined && this.#byMac.get(mac) === session) this.#byMac.delete(mac);
    const { address } = session.path;
    const counts = this.#perAddress.get(address);
    if (counts && --counts.all === 0) this.#perAddress.delete(address);
  }

  #closeHalf(session: Session): void {
    const counts = this.#perAddress.get(session.path.address);
    if (this.#halfOpen.delete(session) && counts) counts.halfOpen--;
  }

  /** In turn; those of phones that left long ago come again after four thousand million. */
  #terminalId(): number {
    const id = this.#nextTerminalId;
    this.#nextTerminalId = id >= lastTerminalId ? firstTerminalId : id + 1;
    return id;
  }
}
