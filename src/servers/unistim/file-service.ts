import type { RudpLink, RudpTiming } from '../../codec/unistim/rudp-link.ts';
import type { UftpMessage } from '../../codec/unistim/uftp.ts';
import type { Mac } from '../../wire/mac.ts';
import type { Counters } from '../counters.ts';
import type { FileHandler } from '../file.ts';
import { OpenFiles } from '../tftp/open-files.ts';
import type { UnistimAssumptions } from './assumptions.ts';
import type { CounterName } from './counters.ts';
import { FileConnections } from './file-connections.ts';
import type { UnistimHandler } from './handler.ts';
import type { UnistimLimits } from './limits.ts';
import { type Offer, Offers } from './offers.ts';
import type { UnistimPath } from './path.ts';
import type { OnProblem } from './problem.ts';
import type { Session } from './session.ts';
import { UftpTransfer } from './uftp-transfer.ts';

export type FileServiceOptions = {
  readonly files: FileHandler;
  readonly handler: UnistimHandler;
  readonly counters: Counters<CounterName>;
  readonly assumptions: UnistimAssumptions;
  readonly limits: UnistimLimits;
  readonly timing: RudpTiming;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly clock: () => number;
  readonly transmitFile: (datagram: Uint8Array, path: UnistimPath) => void;
  readonly sessionOf: (mac: Mac) => Session | undefined;
  readonly isUnlocked: () => boolean;
  readonly onProblem: OnProblem;
};

const expireEveryMs = 10_000;

/** Files for phones that were told to fetch them, and for nobody else. */
export class FileService {
  readonly #options: FileServiceOptions;
  readonly #files: OpenFiles;
  /** Transfers on phones' UNIStim connections. */
  readonly #inSession = new Map<Session, UftpTransfer>();
  #expiredAt = -Infinity;
  readonly offers: Offers;
  readonly connections: FileConnections;

  constructor(options: FileServiceOptions) {
    const { files: handler, now, clock, limits, timing, onProblem, counters } = options;
    this.#options = options;
    this.offers = new Offers(limits.sessions);
    this.#files = new OpenFiles({
      ...{ handler, now, limits, isKnown: () => true },
      onProblem: ({ text }) => onProblem({ code: 'handler', text: `UFTP: ${text}` }),
    });
    this.connections = new FileConnections({
      ...{ clock, limits, timing },
      transmit(datagram, path) {
        counters.add('sent');
        options.transmitFile(datagram, path);
      },
      isAwaited: (address) => options.isUnlocked() && this.offers.has(address),
      begin: (link, path, terminalId) => this.#transfer(link, path, terminalId),
    });
  }

  tick(now: number): void {
    this.connections.tick(now);
    for (const transfer of this.#inSession.values()) transfer.tick(now);
    if (now - this.#expiredAt < expireEveryMs) return;
    this.#expiredAt = now;
    this.offers.expire(now);
  }

  /** UFTP on a phone's UNIStim connection. */
  receiveInSession(message: UftpMessage, session: Session, link: RudpLink): void {
    this.#transferIn(session, link).receive(message);
  }

  /** The phone said something on its UNIStim connection. */
  heardInSession(session: Session): void {
    const transfer = this.#inSession.get(session);
    transfer?.heard();
    transfer?.proceed();
  }

  /** A session has ended, and what is sent by it. */
  closed(session: Session): void {
    this.#inSession.get(session)?.breakOff('aborted');
    this.#inSession.delete(session);
  }

  #transferIn(session: Session, link: RudpLink): UftpTransfer {
    const known = this.#inSession.get(session);
    if (known && !known.isOver) return known;
    const transfer = this.#transfer(link, session.path, () => session.terminalId);
    this.#inSession.set(session, transfer);
    return transfer;
  }

  #transfer(link: RudpLink, path: UnistimPath, terminalId: () => number | undefined): UftpTransfer {
    const { clock, counters, assumptions, limits } = this.#options;
    let offer: Offer | undefined;
    /** Whose it is; not the one that may come in its place. */
    let session: Session | undefined;
    return new UftpTransfer(link, {
      ...{ assumptions, limits, clock },
      open: async (file) => {
        if (this.#options.isUnlocked()) offer = this.offers.claim(path.address, file, terminalId());
        if (!offer) return undefined;
        session = this.#begun(offer, file);
        const { address, port, local: localAddress } = path;
        const { mac } = offer;
        return this.#files.open({ protocol: 'uftp', address, port, localAddress, path: file, mac });
      },
      close: (id, result) => {
        counters.add('fileBytes', result.bytes);
        this.#files.close(id, result);
      },
      progress: (bytes, total) => session?.showProgress(bytes, total),
      ended: (end) => {
        counters.add(endCounters[end]);
        counters.add('retransmissions', link.retransmissions);
        if (session) session.transfers--;
        session?.showEnd(end === 'sent');
        if (offer) this.offers.release(offer, end === 'sent');
      },
    });
  }

  #begun({ mac }: Offer, file: string): Session | undefined {
    const session = this.#options.sessionOf(mac);
    if (!session) return undefined;
    session.transfers++;
    if (session.phone)
      this.#options.handler.event(session.phone, {
        from: 'phone',
        text: `file transfer of ${file}`,
      });
    return session;
  }
}

const endCounters = {
  sent: 'filesSent',
  denied: 'filesDenied',
  'broken-off': 'filesBroken',
} as const;
