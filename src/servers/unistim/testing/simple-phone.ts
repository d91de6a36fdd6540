import {
  blankDisplay,
  displayAfter,
  keyLabelled,
  type PhoneDisplay,
} from '../../../codec/unistim/display.ts';
import { noTerminalId, parseRudp, type RudpPayload } from '../../../codec/unistim/rudp-frame.ts';
import { RudpLink } from '../../../codec/unistim/rudp-link.ts';
import type { UftpMessage } from '../../../codec/unistim/uftp.ts';
import type { CommandNamed, UnistimCommand } from '../../../codec/unistim/unistim-command.ts';
import type { Mac } from '../../../wire/mac.ts';

export type Port = 'unistim' | 'uftp';

export type SimplePhoneOptions = {
  readonly mac: Mac;
  readonly firmware?: string;
  readonly blockSize?: number;
  readonly blockLimit?: number;
  /** What it asks for instead of what it was told to. */
  readonly asksFor?: string;
  /** Fetches by its UNIStim connection. */
  readonly hasOneConnection?: boolean;
  readonly send: (datagram: Uint8Array, to: Port) => void;
  readonly now: () => number;
};

type Order = CommandNamed<'download-software-upgrade'>;

/** A phone as simple as can be: it registers, reads its display, presses keys and fetches what it is told to. */
export class SimplePhone {
  readonly #options: Required<Omit<SimplePhoneOptions, 'asksFor' | 'hasOneConnection'>> &
    SimplePhoneOptions;
  #link: RudpLink;
  #fileLink: RudpLink | undefined;
  #blocks: Uint8Array[] = [];
  #burst = 0;
  #path = '';
  #terminalId = noTerminalId;
  display: PhoneDisplay = blankDisplay;
  /** Every first line and second line that it showed. */
  readonly shown: string[] = [];
  readonly commands: UnistimCommand[] = [];
  order: Order | undefined;
  /** The file, when its last block has come. */
  fetched: Uint8Array | undefined;
  isDenied = false;
  isReset = false;
  isSentAway = false;

  constructor(options: SimplePhoneOptions) {
    this.#options = { firmware: '0604D98', blockSize: 512, blockLimit: 4, ...options };
    this.#link = this.#newLink();
  }

  get dueAt(): number {
    return Math.min(this.#link.dueAt, this.#fileLink?.dueAt ?? Infinity);
  }

  get isConnected(): boolean {
    return this.#link.state === 'open';
  }

  /** Begins, or begins anew as after a restart. */
  hello(): void {
    this.#link.close();
    this.#link = this.#newLink();
    this.#terminalId = noTerminalId;
    this.display = blankDisplay;
    this.#link.hello(this.#said({ kind: 'resume-connection' }), this.#options.now());
  }

  /** The soft key with this label. Throws where the display has none. */
  press(label: string): void {
    const key = keyLabelled(this.display, label);
    if (key === undefined) throw new Error(`no ${label}: ${JSON.stringify(this.display)}`);
    this.say({ kind: 'key-event', key });
  }

  say(...commands: readonly UnistimCommand[]): void {
    this.#link.send(this.#said(...commands), this.#options.now());
  }

  receive(datagram: Uint8Array, from: Port): void {
    const frame = parseRudp(datagram);
    if (from === 'unistim') this.#link.receive(frame, this.#options.now());
    else this.#fileLink?.receive(frame, this.#options.now());
  }

  tick(): void {
    this.#link.tick(this.#options.now());
    this.#fileLink?.tick(this.#options.now());
  }

  /** Asks the file server for a file, told to or not. */
  fetch(path: string): void {
    this.#path = path;
    this.#blocks = [];
    this.#burst = 0;
    const request = { kind: 'uftp', message: { kind: 'connection-request' } } as const;
    if (this.#options.hasOneConnection) {
      this.#link.send(request, this.#options.now());
      return;
    }
    const link = new RudpLink({
      role: 'phone',
      transmit: (datagram) => this.#options.send(datagram, 'uftp'),
      deliver: (payload) => {
        if (payload.kind === 'uftp') this.#hearFile(payload.message, link);
      },
    });
    link.terminalId = this.#terminalId;
    this.#fileLink = link;
    link.hello(request, this.#options.now());
  }

  #newLink(): RudpLink {
    return new RudpLink({
      role: 'phone',
      transmit: (datagram) => this.#options.send(datagram, 'unistim'),
      deliver: (payload) => this.#hear(payload),
      onReset: (payload) => {
        this.isSentAway = true;
        this.#hear(payload);
      },
    });
  }

  #said(...commands: readonly UnistimCommand[]): RudpPayload {
    return { kind: 'phone', terminalId: this.#terminalId, commands };
  }

  #hear(payload: RudpPayload): void {
    if (payload.kind === 'uftp') return this.#hearFile(payload.message, this.#link);
    if (payload.kind !== 'server') return;
    for (const command of payload.commands) {
      this.commands.push(command);
      this.#obey(command);
      this.display = displayAfter(this.display, command);
    }
    const line = this.display.lines.slice(0, 2).join(' | ');
    if (line !== this.shown.at(-1)) this.shown.push(line);
  }

  #obey(command: UnistimCommand): void {
    const { mac, firmware, asksFor } = this.#options;
    const before = Uint8Array.of(0x00, 0x18);
    const after = Uint8Array.of(0x66, 0x00);
    if (command.kind === 'query-basic-manager') {
      if (command.query & 0x08) this.say({ kind: 'hardware-id', before, mac, after });
      if (command.query & 0x04) this.say({ kind: 'firmware-version', version: firmware });
      if (command.query & 0x10) this.say({ kind: 'it-type', type: 2 });
    } else if (command.kind === 'assign-terminal-id') {
      this.#terminalId = command.terminalId;
      this.#link.terminalId = command.terminalId;
    } else if (command.kind === 'soft-reset' || command.kind === 'hard-reset') this.isReset = true;
    else if (command.kind === 'download-software-upgrade') {
      this.order = command;
      this.fetch(asksFor ?? command.path);
    }
  }

  #hearFile(message: UftpMessage, link: RudpLink): void {
    const { blockSize, blockLimit, now } = this.#options;
    const say = (each: UftpMessage) => link.send({ kind: 'uftp', message: each }, now());
    if (message.kind === 'connection-granted')
      say({ kind: 'connection-details', blockSize, blockLimit, path: this.#path });
    if (message.kind === 'connection-denied') this.isDenied = true;
    if (message.kind !== 'file-data') return;
    this.#blocks.push(message.block);
    if (message.block.length < blockSize) this.fetched = Buffer.concat(this.#blocks);
    else if (++this.#burst === blockLimit) {
      this.#burst = 0;
      say({ kind: 'flow-control-off' });
    }
  }
}
