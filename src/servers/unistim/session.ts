import { commandWords } from '../../codec/unistim/command-words.ts';
import { drawLine } from '../../codec/unistim/display.ts';
import type { RudpFrame, RudpPayload } from '../../codec/unistim/rudp-frame.ts';
import { RudpLink } from '../../codec/unistim/rudp-link.ts';
import type { UnistimCommand } from '../../codec/unistim/unistim-command.ts';
import { CodecError } from '../../wire/codec-error.ts';
import type { Mac } from '../../wire/mac.ts';
import type { UnistimPhone } from './handler.ts';
import type { Menu } from './menu.ts';
import type { UnistimPath } from './path.ts';
import { PhoneMenu } from './phone-menu.ts';
import { askWho, type Identity, identityAfter, welcome } from './registration.ts';
import type { SessionContext, SessionEnd, SessionState } from './session-context.ts';
import { packed } from './software-commands.ts';

/** For its confirmation, behind its acknowledgement. */
const confirmMs = 500;

/** One phone's connection, from its first hello until it is over. */
export class Session {
  readonly path: UnistimPath;
  readonly terminalId: number;
  readonly openedAt: number;
  /** When it last said hello. */
  helloAt: number;
  readonly #context: SessionContext<Session>;
  readonly #link: RudpLink;
  #state: SessionState = 'opening';
  #identity: Identity = {};
  #hasResumed = false;
  #phone: UnistimPhone | undefined;
  #menu: PhoneMenu | undefined;
  #watchdogAt = 0;
  /** When what it was told to leave with was last on its way. */
  #heardAt = 0;
  /** Files that it fetches now. */
  transfers = 0;

  /** `expects`: of a phone that has said hello already, its next sequence. */
  constructor(
    path: UnistimPath,
    terminalId: number,
    context: SessionContext<Session>,
    expects?: number,
  ) {
    this.path = path;
    this.terminalId = terminalId;
    this.openedAt = context.clock();
    this.helloAt = this.openedAt;
    this.#context = context;
    this.#link = new RudpLink({
      ...{ role: 'server', timing: context.timing, expects },
      transmit: (datagram) => context.transmit(datagram, path),
      deliver: (payload) => this.#heard(payload),
      onReset: () => context.restarted(this),
      onFailed: () => this.end('the phone was silent'),
    });
    if (expects !== undefined) this.#welcomeBack();
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

  get menu(): Menu | undefined {
    return this.#menu?.menu;
  }

  get retransmissions(): number {
    return this.#link.retransmissions;
  }

  receive(frame: RudpFrame): void {
    this.#link.receive(frame, this.#context.clock());
    this.#context.heard(this);
  }

  /** An answer to a hello that came late. */
  askForExpected(): void {
    this.#link.askForExpected();
  }

  tick(now: number): void {
    const { limits } = this.#context;
    this.#link.tick(now);
    if (this.#state === 'leaving') return this.#leaveWhenHeard(now);
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
    this.#heardAt = this.#context.clock();
    this.#tell([
      drawLine(0, 'Service locked'),
      isReset ? { kind: 'soft-reset' } : { kind: 'server-switch', server: 1 },
    ]);
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
    this.#menu?.showProgress(bytes, total);
  }

  /** A file that it fetched has ended. */
  showEnd(isSent: boolean): void {
    this.#menu?.showEnd(isSent);
  }

  /** A phone that confirms its reset is heard out. */
  #leaveWhenHeard(now: number): void {
    if (this.#link.unacknowledged > 0) this.#heardAt = now;
    else if (now - this.#heardAt >= confirmMs) this.end('the service is locked');
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
    if (command.kind === 'resume-connection') return this.#resume();
    if (this.#phone) this.#event('phone', [command]);
    if (this.#state === 'opening') return this.#register(command);
    if (command.kind === 'soft-reset-ack' && this.#state === 'leaving')
      return this.end('the service is locked');
    if (command.kind === 'suspend-connection')
      return this.end('the phone suspended the connection');
    if (command.kind === 'hardware-id' && command.mac !== this.mac)
      return this.end('another phone took its place');
    if (command.kind === 'key-event' && this.#state === 'registered')
      this.#menu?.press(command.key);
  }

  #resume(): void {
    if (this.#hasResumed) this.#context.resumed(this, this.#link.expected);
    else this.#welcomeBack();
  }

  #welcomeBack(): void {
    this.#hasResumed = true;
    this.#tell([askWho]);
  }

  #register(command: UnistimCommand): void {
    const before = this.#identity;
    this.#identity = identityAfter(before, command);
    const { mac, firmware, itType } = this.#identity;
    if (mac === undefined) return;
    if (before.mac === undefined) this.#welcome(mac);
    if (firmware === undefined || itType === undefined) return;
    const { address, port } = this.path;
    this.#state = 'registered';
    const phone = { mac, address, port, firmware, itType };
    this.#phone = phone;
    this.#menu = this.#newMenu(phone);
    void this.#menu.begin();
  }

  #newMenu(phone: UnistimPhone): PhoneMenu {
    return new PhoneMenu({
      ...{ phone, terminalId: this.terminalId, local: this.path.local, context: this.#context },
      tell: (commands) => this.#tell(commands),
      isThere: () => this.#state === 'registered',
    });
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

  /** False for what cannot be written, or has no room. */
  #tell(commands: readonly UnistimCommand[]): boolean {
    try {
      const packets = packed(commands, this.#context.assumptions.largestPacket);
      return packets.every((packet) => this.#say(packet));
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      this.#context.onFault(`cannot be said to ${this.mac ?? this.path.address}`, error);
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
}
