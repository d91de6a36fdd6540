import {
  blankDisplay,
  displayAfter,
  keyLabelled,
  type PhoneDisplay,
} from '../../codec/unistim/display.ts';
import type { RudpPayload } from '../../codec/unistim/rudp-frame.ts';
import type { CommandNamed, UnistimCommand } from '../../codec/unistim/unistim-command.ts';
import type { BootEnd } from '../boots.ts';
import type { Server } from '../tftp-client.ts';
import { downloadSoftware, isNews, type SoftwareUpgrade, staysConnected } from './download.ts';
import { serverName, withServer } from './keep-server.ts';
import type { NortelPhone } from './phone.ts';
import type { RudpConnection } from './rudp-connection.ts';
import { screenText } from './screen-text.ts';
import { durations } from './timing.ts';
import { answersTo } from './unistim-answers.ts';

/** `lost`: the server left or is silent. `again`: the phone connects anew, to the server named. */
export type SessionEnd =
  | BootEnd
  | { readonly kind: 'lost' }
  | { readonly kind: 'again'; readonly server: string | undefined };

/** While a download is under way the phone looks so often whether it has ended. */
const lookMs = 1_000;

/** A phone's session with a UNIStim server from the answer to its hello on. */
export class UnistimSession {
  readonly #phone: NortelPhone;
  readonly #connection: RudpConnection;
  readonly #server: Server;
  #display: PhoneDisplay = blankDisplay;
  #shown = '';
  #heardAt: number;
  #drawnAt = -Infinity;
  #hasPressed = false;
  /** Milliseconds since the epoch; Infinity before the server says so. */
  #watchdogAt = Infinity;
  #isStarved = false;
  #unwatch = () => {};
  #end: SessionEnd | undefined;
  #upgrade: SoftwareUpgrade | undefined;

  constructor(phone: NortelPhone, connection: RudpConnection, server: Server) {
    this.#phone = phone;
    this.#connection = connection;
    this.#server = server;
    this.#heardAt = this.#now;
  }

  /** `stopped`: its abort ends a phone that stays. */
  async run(stays: boolean, stopped: AbortSignal | undefined): Promise<SessionEnd> {
    try {
      return await this.#untilEnd(stays, stopped);
    } finally {
      this.#unwatch();
    }
  }

  async #untilEnd(stays: boolean, stopped: AbortSignal | undefined): Promise<SessionEnd> {
    for (;;) {
      const payload = await this.#connection.next(this.#nextAt(stays) - this.#now);
      if (payload !== undefined) this.#take(payload);
      if (this.#upgrade) await this.#download(this.#upgrade);
      if (this.#end !== undefined) return this.#end;
      if (stopped?.aborted === true) return this.#idle();
      if (payload !== undefined) continue;
      if (this.#connection.isLost) return { kind: 'lost' };
      const end = this.#act(stays);
      if (end !== undefined) return end;
    }
  }

  get #now(): number {
    return this.#phone.around.clock.now();
  }

  /** When the phone has something to do unless the server says something before. */
  #nextAt(stays: boolean): number {
    const restAt = stays ? Infinity : this.#restAt;
    const soon = this.#now + durations.keyIgnored.ms;
    const watchdogAt = this.#watchdogAt > this.#now ? this.#watchdogAt : Infinity;
    return Math.min(watchdogAt, this.#readAt, restAt, soon);
  }

  /** When the user has read what was drawn. */
  get #readAt(): number {
    return this.#drawnAt === -Infinity ? Infinity : this.#drawnAt + durations.readDisplay.ms;
  }

  get #restAt(): number {
    const { settled, keyIgnored } = durations;
    if (this.#connection.isWaiting) return Infinity;
    return this.#heardAt + (this.#hasPressed ? keyIgnored : settled).ms;
  }

  /** What is due. */
  #act(stays: boolean): SessionEnd | undefined {
    const now = this.#now;
    if (this.#isStarved) {
      const { ms: waitMs } = durations.powerOnToFirstRequest;
      return { kind: 'reboot', because: 'the server did not reset the watchdog in time', waitMs };
    }
    if (now >= this.#readAt) return this.#read();
    return !stays && now >= this.#restAt ? this.#idle() : undefined;
  }

  /** The user reads the display, and presses the key that is wanted where it is there. */
  #read(): undefined {
    this.#drawnAt = -Infinity;
    this.#show();
    const { session } = this.#phone.parts;
    const [label] = session.wanted;
    const key = label === undefined ? undefined : keyLabelled(this.#display, label);
    if (key === undefined) return;
    session.wanted = session.wanted.slice(1);
    this.#hasPressed = session.wanted.length === 0;
    if (this.#hasPressed) session.pressedWith = this.#phone.flash().image;
    this.#heardAt = this.#now;
    this.#phone.tell({ kind: 'stage', text: `presses ${label ?? ''}` });
    this.#say({ kind: 'key-event', key });
  }

  #show(): string {
    const text = screenText(this.#display);
    if (text !== '' && text !== this.#shown) this.#phone.show(text);
    this.#shown = text;
    return text;
  }

  #idle(): BootEnd {
    const text = this.#show();
    const [label] = this.#phone.parts.session.wanted;
    if (label !== undefined) this.#phone.tell({ kind: 'stage', text: `finds no key "${label}"` });
    return { kind: 'idle', display: this.#phone.failure() ?? text };
  }

  #say(command: UnistimCommand): void {
    const { terminalId } = this.#connection;
    this.#connection.say({ kind: 'phone', terminalId, commands: [command] });
  }

  #take(payload: RudpPayload): void {
    this.#heardAt = this.#now;
    if (payload.kind !== 'server') return;
    for (const command of payload.commands) this.#obey(command);
  }

  #obey(command: UnistimCommand): void {
    const phone = this.#phone;
    for (const answer of answersTo(command, phone.mac, phone.flash())) this.#say(answer);
    if (command.kind === 'assign-terminal-id') this.#connection.terminalId = command.terminalId;
    else if (command.kind === 'reset-watchdog') this.#watch(command.seconds);
    else if (command.kind === 'download-server-information') this.#keepServer(command);
    else if (command.kind === 'download-software-upgrade') this.#upgrade = command;
    else this.#end ??= this.#endBy(command) ?? this.#draw(command);
  }

  /** Where the command ends the session. */
  #endBy(command: UnistimCommand): SessionEnd | undefined {
    if (command.kind === 'server-switch' || command.kind === 'set-primary-server')
      return { kind: 'again', server: serverName(command.server) };
    if (command.kind === 'soft-reset') {
      this.#say({ kind: 'soft-reset-ack' });
      return { kind: 'again', server: undefined };
    }
    if (command.kind !== 'hard-reset') return undefined;
    const { ms: waitMs } = durations.powerOnToFirstRequest;
    const because = 'the server ordered a hard reset';
    return { kind: 'reboot', because, waitMs, isOrdered: true };
  }

  /** 0 takes the watchdog away: our assumption. */
  #watch(seconds: number): void {
    this.#unwatch();
    this.#watchdogAt = seconds === 0 ? Infinity : this.#now + 1000 * seconds;
    if (seconds === 0) return;
    // The server counts it in real time.
    const starve = () => void (this.#isStarved = true);
    this.#unwatch = this.#phone.around.clock.after(1000 * seconds, starve, 'lasting');
  }

  #draw(command: UnistimCommand): undefined {
    const drawn = displayAfter(this.#display, command);
    if (drawn !== this.#display) this.#drawnAt = this.#now;
    this.#display = drawn;
  }

  #keepServer(command: CommandNamed<'download-server-information'>): void {
    const { faults, flash, keep } = this.#phone;
    if (faults.ignoresServers !== true) keep(withServer(flash(), command));
  }

  /** With the session beside it, or without. */
  async #download(upgrade: SoftwareUpgrade): Promise<void> {
    this.#upgrade = undefined;
    const phone = this.#phone;
    if (phone.hasRefused(upgrade.path) || !isNews(phone, upgrade)) return;
    const peer = { server: this.#server, terminalId: this.#connection.terminalId };
    const progress = { isOver: false };
    const attending = staysConnected(upgrade) ? this.#attend(progress) : Promise.resolve();
    try {
      this.#end ??= await downloadSoftware(phone, upgrade, peer);
    } finally {
      progress.isOver = true;
      await attending;
    }
    this.#heardAt = this.#now;
    if (!staysConnected(upgrade)) this.#end ??= { kind: 'again', server: undefined };
  }

  /** What the server says during a download; another one is not begun. */
  async #attend(progress: { readonly isOver: boolean }): Promise<void> {
    while (!progress.isOver && !this.#connection.isLost) {
      const payload = await this.#connection.next(lookMs);
      if (payload !== undefined) this.#take(payload);
    }
  }
}
