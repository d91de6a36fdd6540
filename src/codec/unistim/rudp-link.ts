import {
  noTerminalId,
  payloadTypes,
  resetSequence,
  type RudpFrame,
  type RudpPayload,
  serializeRudp,
} from './rudp-frame.ts';

export type RudpTiming = {
  /** Milliseconds without an acknowledgement after which all is sent again. */
  readonly retransmitMs: number;
  /** The connection is lost instead of sending the same for this many-th time again. */
  readonly giveUpAfter: number;
  /** Packets that are under way at once. */
  readonly window: number;
  /** Packets that wait for their acknowledgement or their turn. */
  readonly queue: number;
  /** Milliseconds for which the same gap is not told, nor mended, again. */
  readonly nakQuietMs: number;
};

/** The first, second and fourth: Asterisk's channel driver; the window and the quiet time are ours. */
export const usualRudpTiming: RudpTiming = {
  retransmitMs: 2000,
  giveUpAfter: 8,
  window: 32,
  queue: 150,
  nakQuietMs: 500,
};

/** `failed`: the other end was silent for too long. */
export type RudpState = 'opening' | 'open' | 'failed' | 'closed';

export type RudpLinkOptions = {
  readonly role: 'server' | 'phone';
  readonly timing?: Partial<RudpTiming>;
  /**
   * The sequence that the other end has reached, of a server that goes on with a phone which began
   * anew in the middle of a connection. The link is open at once.
   */
  readonly expects?: number | undefined;
  /** May not call the link. */
  readonly transmit: (datagram: Uint8Array) => void;
  /** What the other end said, each once and in order. It is acknowledged already. */
  readonly deliver: (payload: RudpPayload) => void;
  /**
   * A packet with `resetSequence` on a connection that is open: at the server a phone that began
   * anew, or a copy of its first hello that came late; at the phone the server's fail-over.
   */
  readonly onReset?: (payload: RudpPayload) => void;
  /** The other end was silent for too long. */
  readonly onFailed?: () => void;
};

/** The first sequences of the two directions. Asterisk's channel driver begins with 1, phones with 0. */
const firstOf = { server: 1, phone: 0 } as const;

/**
 * One end of a connection of Reliable UDP: sequences of its own in each direction, go-back-N in both.
 * It has no clock: every call says what time it is, in milliseconds of any clock that never goes back.
 */
export class RudpLink {
  readonly #options: RudpLinkOptions;
  readonly #timing: RudpTiming;
  #state: RudpState = 'opening';
  /** The phone's: what it said hello with. */
  #hello: RudpPayload | undefined;
  /** Datagrams not acknowledged; the first `#sent` of them are under way. */
  readonly #outgoing: Uint8Array[] = [];
  #sent = 0;
  /** The sequence of the first of them. */
  #base: number;
  /** The sequence that the other end must send next. */
  #expected: number;
  #tries = 0;
  #dueAt = Infinity;
  #toldGap: { readonly sequence: number; readonly at: number } | undefined;
  #mendedGap: { readonly sequence: number; readonly at: number } | undefined;
  /** A phone's: what its acknowledgements carry. */
  terminalId = noTerminalId;
  /** Datagrams that were sent again. */
  retransmissions = 0;

  constructor(options: RudpLinkOptions) {
    this.#options = options;
    this.#timing = { ...usualRudpTiming, ...options.timing };
    this.#base = firstOf[options.role];
    this.#expected = options.expects ?? firstOf[options.role === 'server' ? 'phone' : 'server'];
    if (options.expects !== undefined) this.#state = 'open';
  }

  get state(): RudpState {
    return this.#state;
  }

  /** The sequence that is awaited from the other end. */
  get expected(): number {
    return this.#expected;
  }

  /** Packets that are not acknowledged, under way or not. */
  get unacknowledged(): number {
    return this.#outgoing.length;
  }

  /** Whether another packet would leave at once. */
  get hasRoom(): boolean {
    return this.#state === 'open' && this.#outgoing.length < this.#timing.window;
  }

  /** When `tick` has something to do; Infinity where nothing is awaited. */
  get dueAt(): number {
    return this.#dueAt;
  }

  /** The phone's beginning: repeated until the server says with which sequence to start. */
  hello(payload: RudpPayload, now: number): void {
    this.#hello = payload;
    this.#state = 'opening';
    this.#tries = 0;
    this.#sendHello(payload, now);
  }

  /** False where the queue is full or the connection is over. Throws CodecError. */
  send(payload: RudpPayload, now: number): boolean {
    if (this.#state === 'failed' || this.#state === 'closed') return false;
    const sequence = this.#base + this.#outgoing.length;
    if (this.#outgoing.length >= this.#timing.queue || sequence >= resetSequence) return false;
    this.#outgoing.push(serializeRudp({ type: 'payload', sequence, payload }));
    this.#sendNew(now);
    return true;
  }

  receive(frame: RudpFrame, now: number): void {
    if (this.#state === 'failed' || this.#state === 'closed') return;
    switch (frame.type) {
      case 'ack':
        return this.#acknowledged(frame.sequence, now);
      case 'nak':
        return this.#refused(frame.sequence, now);
      case 'payload':
        return this.#received(frame.sequence, frame.payload, now);
    }
  }

  /** Sends again what is due. */
  tick(now: number): void {
    if (now < this.#dueAt) return;
    if (!this.#mayTryAgain()) return;
    if (this.#hello && this.#state === 'opening') return this.#sendHello(this.#hello, now);
    this.#dueAt = now + this.#timing.retransmitMs;
    this.#repeat();
    this.#sendNew(now);
  }

  /** Asks for the sequence that is awaited: a server's answer to a hello. */
  askForExpected(): void {
    this.#sendControl('nak', this.#expected);
  }

  /** Leaves the other end at once, without waiting for an answer: the server's fail-over. */
  reset(payload: RudpPayload): void {
    this.#options.transmit(serializeRudp({ type: 'payload', sequence: resetSequence, payload }));
    this.close();
  }

  close(): void {
    this.#end('closed');
  }

  #received(sequence: number, payload: RudpPayload, now: number): void {
    if (sequence === resetSequence) return this.#resetReceived(payload);
    if (sequence > this.#expected) return this.#tellGap(now);
    this.#sendControl('ack', sequence);
    if (sequence < this.#expected) return;
    this.#expected++;
    this.#toldGap = undefined;
    if (this.#options.role === 'server' && this.#state === 'opening') this.#state = 'open';
    this.#options.deliver(payload);
  }

  #resetReceived(payload: RudpPayload): void {
    const isFirst = this.#options.role === 'server' && this.#state === 'opening';
    if (isFirst) this.askForExpected();
    else this.#options.onReset?.(payload);
  }

  /** Go-back-N: nothing behind a gap is kept. */
  #tellGap(now: number): void {
    const told = this.#toldGap;
    const isFresh = told?.sequence === this.#expected && now - told.at < this.#timing.nakQuietMs;
    if (isFresh) return;
    this.#toldGap = { sequence: this.#expected, at: now };
    this.#sendControl('nak', this.#expected);
  }

  #acknowledged(sequence: number, now: number): void {
    const count = sequence - this.#base + 1;
    if (count < 1 || count > this.#sent) return;
    this.#forget(count, now);
    this.#sendNew(now);
  }

  /**
   * One end that asks for what it lacks is there: only the timer, which goes on beside, counts how
   * often it was told in vain.
   */
  #refused(sequence: number, now: number): void {
    if (this.#hello && this.#state === 'opening') return this.#start(sequence, now);
    const count = sequence - this.#base;
    if (count < 0 || count > this.#sent) return;
    if (count > 0) this.#forget(count, now);
    if (this.#sent === 0) return this.#sendNew(now);
    const mended = this.#mendedGap;
    const isFresh = mended?.sequence === sequence && now - mended.at < this.#timing.nakQuietMs;
    if (isFresh) return;
    this.#mendedGap = { sequence, at: now };
    this.#repeat();
    this.#sendNew(now);
  }

  /** The phone's hello again, with the sequence that the server asked for. */
  #start(sequence: number, now: number): void {
    const hello = this.#hello;
    this.#hello = undefined;
    this.#outgoing.length = 0;
    this.#sent = 0;
    this.#base = sequence;
    this.#state = 'open';
    this.#tries = 0;
    this.#dueAt = Infinity;
    if (hello) this.send(hello, now);
  }

  #forget(count: number, now: number): void {
    this.#outgoing.splice(0, count);
    this.#sent -= count;
    this.#base += count;
    this.#tries = 0;
    this.#dueAt = this.#sent > 0 ? now + this.#timing.retransmitMs : Infinity;
  }

  #sendNew(now: number): void {
    if (this.#state !== 'open') return;
    const until = Math.min(this.#outgoing.length, this.#timing.window);
    if (this.#sent === 0 && until > 0) this.#dueAt = now + this.#timing.retransmitMs;
    const fresh = this.#outgoing.slice(this.#sent, until);
    this.#sent = Math.max(this.#sent, until);
    for (const datagram of fresh) this.#options.transmit(datagram);
  }

  #repeat(): void {
    this.retransmissions += this.#sent;
    for (const datagram of this.#outgoing.slice(0, this.#sent)) this.#options.transmit(datagram);
  }

  #sendHello(payload: RudpPayload, now: number): void {
    this.#dueAt = now + this.#timing.retransmitMs;
    this.#options.transmit(serializeRudp({ type: 'payload', sequence: resetSequence, payload }));
  }

  #sendControl(type: 'ack' | 'nak', sequence: number): void {
    const sender =
      this.#options.role === 'server'
        ? { payloadType: payloadTypes.server }
        : { payloadType: payloadTypes.phone, terminalId: this.terminalId };
    this.#options.transmit(serializeRudp({ type, sequence, ...sender }));
  }

  /** Ends the connection where it was tried often enough. */
  #mayTryAgain(): boolean {
    this.#tries++;
    if (this.#tries < this.#timing.giveUpAfter) return true;
    this.#end('failed');
    this.#options.onFailed?.();
    return false;
  }

  #end(state: 'failed' | 'closed'): void {
    this.#state = state;
    this.#outgoing.length = 0;
    this.#sent = 0;
    this.#dueAt = Infinity;
  }
}
