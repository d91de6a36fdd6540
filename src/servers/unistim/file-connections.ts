import type { RudpFrame } from '../../codec/unistim/rudp-frame.ts';
import { resetSequence } from '../../codec/unistim/rudp-frame.ts';
import { RudpLink, type RudpTiming } from '../../codec/unistim/rudp-link.ts';
import type { UftpMessage } from '../../codec/unistim/uftp.ts';
import type { UnistimLimits } from './limits.ts';
import { pathKey, type UnistimPath } from './path.ts';
import type { UftpTransfer } from './uftp-transfer.ts';

export type FileConnectionsOptions = {
  readonly limits: UnistimLimits;
  readonly timing: RudpTiming;
  readonly clock: () => number;
  readonly transmit: (datagram: Uint8Array, path: UnistimPath) => void;
  /** Whether anything is offered to the address. */
  readonly isAwaited: (address: string) => boolean;
  /** A transfer over a connection; `terminalId` is what the phone last called itself. */
  readonly begin: (
    link: RudpLink,
    path: UnistimPath,
    terminalId: () => number | undefined,
  ) => UftpTransfer;
};

type Connection = {
  readonly path: UnistimPath;
  readonly link: RudpLink;
  readonly transfer: UftpTransfer;
  readonly openedAt: number;
  helloAt: number;
  terminalId: number | undefined;
};

/** What became of a datagram. */
export type Received = 'hello' | 'in-session' | 'stranger' | 'refused';

/** The connections to the port for files: each has one transfer. */
export class FileConnections {
  readonly #options: FileConnectionsOptions;
  readonly #connections = new Map<string, Connection>();
  readonly #perAddress = new Map<string, number>();

  constructor(options: FileConnectionsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#connections.size;
  }

  /** Those whose file is on its way. */
  get busy(): number {
    return [...this.#connections.values()].filter(({ transfer }) => transfer.isBusy).length;
  }

  /** Whether it is of a connection that is open. */
  isKnown(path: UnistimPath): boolean {
    return this.#connections.has(pathKey(path));
  }

  receive(frame: RudpFrame, path: UnistimPath): Received {
    const key = pathKey(path);
    const known = this.#connections.get(key);
    if (known) {
      this.#hear(known, frame);
      return 'in-session';
    }
    if (!isHello(frame) || !this.#options.isAwaited(path.address)) return 'stranger';
    if (!this.#hasRoom(path)) return 'refused';
    this.#open(key, path).link.receive(frame, this.#options.clock());
    return 'hello';
  }

  tick(now: number): void {
    for (const [key, connection] of this.#connections) {
      connection.link.tick(now);
      connection.transfer.tick(now);
      this.#clean(key, connection, now);
    }
  }

  /** All transfers are broken off. */
  stop(): void {
    for (const [key, { transfer }] of this.#connections) {
      transfer.breakOff('aborted');
      this.#remove(key);
    }
  }

  #hasRoom({ address }: UnistimPath): boolean {
    const { transfers, transfersPerAddress } = this.#options.limits;
    const ofAddress = this.#perAddress.get(address) ?? 0;
    return this.#connections.size < transfers && ofAddress < transfersPerAddress;
  }

  #open(key: string, path: UnistimPath, expects?: number): Connection {
    const { clock, timing, transmit, begin } = this.#options;
    const link = new RudpLink({
      ...{ role: 'server', timing, expects },
      transmit: (datagram) => transmit(datagram, path),
      deliver: (payload) => {
        if (payload.kind === 'uftp') this.#deliver(key, connection, payload.message);
      },
      onReset: () => this.#begunAnew(key, connection),
      onFailed: () => transfer.breakOff('timed-out'),
    });
    const transfer = begin(link, path, () => connection.terminalId);
    const connection: Connection = {
      ...{ path, link, transfer },
      ...{ openedAt: clock(), helloAt: clock() },
      terminalId: undefined,
    };
    this.#connections.set(key, connection);
    this.#perAddress.set(path.address, (this.#perAddress.get(path.address) ?? 0) + 1);
    return connection;
  }

  /** A request in the middle of a transfer is that of a phone that began anew. */
  #deliver(key: string, connection: Connection, message: UftpMessage): void {
    const { link, transfer } = connection;
    const isAnew = message.kind === 'connection-request' && transfer.isBegun;
    const { transfer: to } = isAnew ? this.#replace(key, connection, link.expected) : connection;
    to.receive(message);
  }

  #hear(connection: Connection, frame: RudpFrame): void {
    const { link, transfer } = connection;
    if (frame.type !== 'payload') connection.terminalId = frame.terminalId ?? connection.terminalId;
    transfer.heard();
    link.receive(frame, this.#options.clock());
    if (isHello(frame)) connection.helloAt = this.#options.clock();
    transfer.proceed();
  }

  #begunAnew(key: string, connection: Connection): void {
    const { clock, limits } = this.#options;
    const isLate = clock() - connection.helloAt < limits.lateHelloMs;
    const { link } = isLate ? connection : this.#replace(key, connection);
    link.askForExpected();
  }

  #replace(key: string, { path, link, transfer }: Connection, expects?: number): Connection {
    transfer.breakOff('aborted');
    link.close();
    this.#remove(key);
    return this.#open(key, path, expects);
  }

  /** A connection stays for a while when its transfer is over: what was lost is asked for again. */
  #clean(key: string, { link, transfer, openedAt }: Connection, now: number): void {
    if (link.state === 'failed') transfer.breakOff('timed-out');
    const isSaid = link.unacknowledged === 0 || link.state === 'failed';
    if (!transfer.isOver || !isSaid || now - openedAt < this.#options.limits.lateHelloMs) return;
    link.close();
    this.#remove(key);
  }

  #remove(key: string): void {
    const connection = this.#connections.get(key);
    if (!connection || !this.#connections.delete(key)) return;
    const { address } = connection.path;
    const left = (this.#perAddress.get(address) ?? 0) - 1;
    if (left > 0) this.#perAddress.set(address, left);
    else this.#perAddress.delete(address);
  }
}

export function isHello(frame: RudpFrame): boolean {
  return frame.type === 'payload' && frame.sequence === resetSequence;
}
