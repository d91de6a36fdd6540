import { commandWords } from '../../codec/unistim/command-words.ts';
import { drawDisplay, drawLine } from '../../codec/unistim/display.ts';
import type { RudpFrame, RudpPayload } from '../../codec/unistim/rudp-frame.ts';
import { RudpLink, type RudpTiming } from '../../codec/unistim/rudp-link.ts';
import type { UftpMessage } from '../../codec/unistim/uftp.ts';
import type { UnistimCommand } from '../../codec/unistim/unistim-command.ts';
import { CodecError } from '../../wire/codec-error.ts';
import type { Mac } from '../../wire/mac.ts';
import { messageOf } from '../tftp/problem.ts';
import type { UnistimAssumptions } from './assumptions.ts';
import type { SoftwareOffer, UnistimHandler, UnistimPhone } from './handler.ts';
import type { UnistimLimits } from './limits.ts';
import { afterKey, home, type Menu, menuDisplay, progressText } from './menu.ts';
import type { Offer } from './offers.ts';
import type { UnistimPath } from './path.ts';
import { askWho, type Identity, identityAfter, welcome } from './registration.ts';
import { downloadCommand, type FileServer, packed, pointerCommand } from './software-commands.ts';

/** What a session needs of the service. */
export type SessionContext = {
  readonly handler: UnistimHandler;
  readonly assumptions: UnistimAssumptions;
  readonly limits: UnistimLimits;
  readonly timing: RudpTiming;
  readonly utcOffsetMinutes: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
  readonly fileServer: (local: string) => FileServer;
  readonly transmit: (datagram: Uint8Array, path: UnistimPath) => void;
  readonly offered: (offer: Offer) => void;
  /** A message of UFTP on the phone's UNIStim connection. */
  readonly receiveUftp: (message: UftpMessage, session: Session, link: RudpLink) => void;
  readonly identified: (session: Session, mac: Mac) => void;
  readonly restarted: (session: Session) => void;
  readonly closed: (session: Session, why: SessionEnd) => void;
  readonly isLocked: () => boolean;
  readonly onFault: (where: string, error: unknown) => void;
};

export type SessionEnd =
  | 'the service is locked'
  | 'the phone was silent'
  | 'the phone did not say who it is'
  | 'the phone suspended the connection'
  | 'the phone began anew'
  | 'the phone came by another connection'
  | 'the phone was sent to another server'
  | 'the server stopped'
  | 'another phone took its place';

/** `opening`: it has not said who it is. `leaving`: its last command waits for its acknowledgement. */
export type SessionState = 'opening' | 'registered' | 'leaving' | 'over';

const progressEveryMs = 1000;

/** One phone's connection, from its first hello until it is over. */
export class Session {
  readonly path: UnistimPath;
  readonly terminalId: number;
  readonly openedAt: number;
  readonly #context: SessionContext;
  readonly #link: RudpLink;
  #state: SessionState = 'opening';
  #identity: Identity = {};
  #phone: UnistimPhone | undefined;
  #title = '';
  #menu: Menu = home;
  #watchdogAt = 0;
  #progressAt = -Infinity;
  /** Files that it fetches now. */
  transfers = 0;

  constructor(path: UnistimPath, terminalId: number, context: SessionContext) {
    this.path = path;
    this.terminalId = terminalId;
    this.openedAt = context.clock();
    this.#context = context;
    this.#link = new RudpLink({
      ...{ role: 'server', timing: context.timing },
      transmit: (datagram) => context.transmit(datagram, path),
      deliver: (payload) => this.#heard(payload),
      onReset: () => context.restarted(this),
      onFailed: () => this.end('the phone was silent'),
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Undefined until it has said all of it. */
  get phone(): UnistimPhone | undefined {
    return this.#phone;
  }

  get mac(): Mac | undefined {
    return this.#identity.mac;
  }

  get menu(): Menu {
    return this.#menu;
  }

  get retransmissions(): number {
    return this.#link.retransmissions;
  }

  receive(frame: RudpFrame): void {
    this.#link.receive(frame, this.#context.clock());
    this.#leaveWhenHeard();
  }

  /** An answer to a hello that came late. */
  askForExpected(): void {
    this.#link.askForExpected();
  }

  tick(now: number): void {
    const { limits } = this.#context;
    this.#link.tick(now);
    if (this.#state === 'opening' && now - this.openedAt >= limits.halfOpenMs)
      return this.end('the phone did not say who it is');
    if (this.#state === 'registered' && now - this.#watchdogAt >= limits.keepaliveMs)
      this.#keepAlive(now);
  }

  /** False where the phone cannot be told. */
  reset(how: 'soft' | 'hard'): boolean {
    if (this.#state !== 'registered') return false;
    this.#tell([{ kind: how === 'soft' ? 'soft-reset' : 'hard-reset' }]);
    return true;
  }

  /** Sends the phone away. It is over when the phone has heard it, or was silent for too long. */
  leave(): void {
    if (this.#state === 'leaving' || this.#state === 'over') return;
    if (this.#state === 'opening') return this.end('the service is locked');
    const isReset = this.#context.assumptions.lockBy === 'soft-reset';
    this.#state = 'leaving';
    this.#tell([
      drawLine(0, 'Service locked'),
      isReset ? { kind: 'soft-reset' } : { kind: 'server-switch', server: 1 },
    ]);
    this.#leaveWhenHeard();
  }

  /** Sends the phone to another server of its list, 0 for S1, without waiting for an answer. */
  failOver(server: number): void {
    if (this.#state === 'over') return;
    const commands: readonly UnistimCommand[] = [{ kind: 'server-switch', server }];
    this.#event('server', commands);
    this.#link.reset({ kind: 'server', commands });
    this.end('the phone was sent to another server');
  }

  /** Nothing more is sent. */
  end(why: SessionEnd): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#link.close();
    this.#context.closed(this, why);
  }

  /** Bytes of a file that the phone has taken. */
  showProgress(bytes: number, total: number): void {
    const { assumptions, clock } = this.#context;
    if (this.#menu.screen !== 'download' || !assumptions.staysConnected) return;
    if (this.#state !== 'registered' || clock() - this.#progressAt < progressEveryMs) return;
    const progress = progressText(bytes, total);
    if (progress === this.#menu.progress) return;
    this.#progressAt = clock();
    this.#menu = { ...this.#menu, progress };
    this.#tell([drawLine(1, progress)]);
  }

  /** A file that it fetched has ended. */
  showEnd(isSent: boolean): void {
    if (this.#menu.screen !== 'download') return;
    if (isSent) this.#tell([drawLine(1, 'The phone restarts')]);
    else this.#show({ screen: 'refused', because: 'The download broke off' });
  }

  #keepAlive(now: number): void {
    this.#watchdogAt = now;
    this.#tell([{ kind: 'reset-watchdog', seconds: this.#watchdogSeconds() }]);
  }

  /** So long that a keepalive may be sent again as often as anything is. */
  #watchdogSeconds(): number {
    const { limits, timing } = this.#context;
    const patience = (timing.giveUpAfter + 1) * timing.retransmitMs;
    return Math.ceil((limits.keepaliveMs + patience) / 1000);
  }

  #heard(payload: RudpPayload): void {
    if (payload.kind === 'uftp')
      return this.#context.receiveUftp(payload.message, this, this.#link);
    if (payload.kind !== 'phone') return;
    for (const command of payload.commands) {
      if (this.#state === 'over') return;
      this.#heardCommand(command);
    }
  }

  #heardCommand(command: UnistimCommand): void {
    if (this.#phone) this.#event('phone', [command]);
    if (this.#state === 'opening') return this.#register(command);
    if (command.kind === 'suspend-connection')
      return this.end('the phone suspended the connection');
    if (command.kind === 'hardware-id' && command.mac !== this.mac)
      return this.end('another phone took its place');
    if (command.kind === 'key-event' && this.#state === 'registered') this.#press(command.key);
  }

  #register(command: UnistimCommand): void {
    const before = this.#identity;
    this.#identity = identityAfter(before, command);
    const { mac, firmware, itType } = this.#identity;
    if (command.kind === 'resume-connection') this.#tell([askWho]);
    if (mac === undefined) return;
    if (before.mac === undefined) this.#welcome(mac);
    if (firmware === undefined || itType === undefined) return;
    const { address, port } = this.path;
    this.#state = 'registered';
    const phone = { mac, address, port, firmware, itType };
    this.#phone = phone;
    void this.#registered(phone);
  }

  #welcome(mac: Mac): void {
    const { now, clock, utcOffsetMinutes } = this.#context;
    this.#context.identified(this, mac);
    this.#watchdogAt = clock();
    const { terminalId } = this;
    const watchdogSeconds = this.#watchdogSeconds();
    for (const packet of welcome({ terminalId, watchdogSeconds, at: now(), utcOffsetMinutes }))
      this.#say(packet);
  }

  async #registered(phone: UnistimPhone): Promise<void> {
    const { handler } = this.#context;
    const { mac, firmware } = phone;
    handler.event(phone, { from: 'phone', text: `registered: ${mac} runs ${firmware}` });
    const answer = await this.#ask(phone, () => handler.registered(phone));
    if (!this.#isAt(phone)) return;
    this.#title = answer?.title ?? '';
    this.#show(home);
    if (answer?.offer) await this.#offer(phone, answer.offer);
  }

  #press(key: number): void {
    const pressed = afterKey(this.#menu, key);
    const phone = this.#phone;
    if (!pressed || !phone) return;
    this.#show(pressed.menu);
    if (pressed.asksForFirmware) void this.#askForFirmware(phone);
  }

  async #askForFirmware(phone: UnistimPhone): Promise<void> {
    const { handler } = this.#context;
    handler.event(phone, { from: 'phone', text: 'FirmW pressed' });
    const answer = await this.#ask(phone, () => handler.firmwareRequested(phone));
    if (!this.#isAt(phone)) return;
    if (answer && 'path' in answer) return this.#offer(phone, answer);
    this.#refuse(phone, answer?.refused ?? 'The service has a fault');
  }

  async #offer(phone: UnistimPhone, offer: SoftwareOffer): Promise<void> {
    const { handler, assumptions, fileServer } = this.#context;
    const pointers = await this.#ask(phone, () => handler.pointers(phone, offer));
    if (!this.#isAt(phone)) return;
    if (!pointers) return this.#refuse(phone, 'The service has a fault');
    if (this.#context.isLocked()) return this.#refuse(phone, 'The service is locked');
    const { image, path, because } = offer;
    this.#show({ screen: 'download', image, progress: 'Waiting for the phone' });
    handler.event(phone, { from: 'server', text: `offered ${image}: ${because}` });
    const { limits, clock } = this.#context;
    const { terminalId } = this;
    const expiresAt = clock() + limits.offerMs;
    const { mac, address } = phone;
    const order = downloadCommand(offer, fileServer(this.path.local), assumptions);
    const isTold = this.#tell([...pointers.map(pointerCommand), order]);
    if (isTold) this.#context.offered({ mac, address, path, terminalId, expiresAt });
    else this.#refuse(phone, 'The service has a fault');
  }

  #refuse(phone: UnistimPhone, because: string): void {
    this.#context.handler.event(phone, { from: 'server', text: `no firmware: ${because}` });
    this.#show({ screen: 'refused', because });
  }

  /** Undefined where the handler failed. */
  async #ask<Answer>(
    { mac }: UnistimPhone,
    question: () => Promise<Answer>,
  ): Promise<Answer | undefined> {
    try {
      return await question();
    } catch (error) {
      this.#context.onFault(`the handler failed for ${mac}`, error);
      return undefined;
    }
  }

  /** Whether it is still the same session, after an answer that took its time. */
  #isAt(phone: UnistimPhone): boolean {
    return this.#phone === phone && this.#state === 'registered';
  }

  #show(menu: Menu): void {
    this.#menu = menu;
    if (this.#phone && this.#state === 'registered')
      this.#tell(drawDisplay(menuDisplay(menu, this.#title, this.#phone)));
  }

  /** False for what cannot be written, or has no room. */
  #tell(commands: readonly UnistimCommand[]): boolean {
    try {
      const packets = packed(commands, this.#context.assumptions.largestPacket);
      return packets.every((packet) => this.#say(packet));
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      this.#context.onFault(`cannot be said to ${this.mac ?? this.path.address}`, messageOf(error));
      return false;
    }
  }

  #say(commands: readonly UnistimCommand[]): boolean {
    this.#event('server', commands);
    return this.#link.send({ kind: 'server', commands }, this.#context.clock());
  }

  #event(from: 'phone' | 'server', commands: readonly UnistimCommand[]): void {
    const phone = this.#phone;
    if (!phone) return;
    for (const command of commands) {
      const text = commandWords(command);
      if (text !== undefined) this.#context.handler.event(phone, { from, text });
    }
  }

  #leaveWhenHeard(): void {
    if (this.#state === 'leaving' && this.#link.unacknowledged === 0)
      this.end('the service is locked');
  }
}
