import { messageTypeOf } from '../../codec/dhcp/dhcp-fields.ts';
import type { DhcpMessage, DhcpMessageType } from '../../codec/dhcp/dhcp-message.ts';
import { formatIPv4 } from '../../wire/ipv4.ts';
import type { Mac } from '../../wire/mac.ts';
import type { Clock } from '../clock.ts';
import type { DhcpPort } from './dhcp-exchange.ts';
import { receivedDhcp, sentDhcp, type DhcpHappening } from './dhcp-happening.ts';
import { serverOf, type DhcpLease } from './dhcp-lease.ts';
import { dhcpRequest, type DhcpRequestParts } from './dhcp-requests.ts';
import type { DhcpSpeech } from './dhcp-speech.ts';

export type TellDhcp = (happening: DhcpHappening) => void;

export type ConversationParts = {
  readonly mac: Mac;
  readonly speech: DhcpSpeech;
  readonly port: DhcpPort;
  readonly clock: Clock;
  /** From 0 up to 1, as Math.random. */
  readonly random: () => number;
  readonly signal: AbortSignal | undefined;
  readonly tell: TellDhcp;
};

type Asked = Omit<DhcpRequestParts, 'mac' | 'speech' | 'transactionId' | 'seconds'>;

/** Waits for an answer to a REQUEST; then the phone begins anew. */
const requestWaits = [4_000, 8_000] as const;
const jitterMs = 1_000;
const final: readonly DhcpMessageType[] = ['ack', 'nak'];

/** What is said over one port, with a transaction id for each thing that is asked. */
export class DhcpConversation {
  readonly #parts: ConversationParts;
  readonly #startedAt: number;
  #transactionId = 0;

  constructor(parts: ConversationParts) {
    this.#parts = parts;
    this.#startedAt = parts.clock.now();
  }

  /** The first offer that the phone takes; undefined when none comes in a round. */
  discover(): Promise<DhcpMessage | undefined> {
    this.#begin();
    return this.#ask({ type: 'discover' }, ['offer'], this.#parts.speech.waits);
  }

  /** ACK or NAK to taking the offer. */
  select(offer: DhcpMessage): Promise<DhcpMessage | undefined> {
    const requested = formatIPv4(offer.yiaddr);
    const server = serverOf(offer);
    return this.#ask({ type: 'request', requested, server }, final, requestWaits);
  }

  /** ACK or NAK to the address of before. RFC 2131 section 3.2. */
  reboot(requested: string): Promise<DhcpMessage | undefined> {
    this.#begin();
    const because = 'it held the address before';
    return this.#ask({ type: 'request', requested }, final, requestWaits, because);
  }

  /** ACK or NAK to more time. RFC 2131 section 4.4.5. */
  extend({ address }: DhcpLease, because: string): Promise<DhcpMessage | undefined> {
    this.#begin();
    const asked: Asked = { type: 'request', client: address };
    return this.#ask(asked, final, requestWaits.slice(0, 1), because);
  }

  decline(ack: DhcpMessage): void {
    const requested = formatIPv4(ack.yiaddr);
    const reason = `${requested} is in use`;
    this.#say({ type: 'decline', requested, server: serverOf(ack), reason }, reason);
  }

  #begin(): void {
    this.#transactionId = Math.floor(this.#parts.random() * 0x1_0000_0000);
  }

  #say(asked: Asked, because?: string): DhcpMessage {
    const { mac, speech, port, clock, tell } = this.#parts;
    const seconds = Math.floor((clock.now() - this.#startedAt) / 1000);
    const transactionId = this.#transactionId;
    const message = dhcpRequest({ mac, speech, transactionId, seconds, ...asked });
    tell(sentDhcp(message, because));
    port.send(message, speech.messageLength);
    return message;
  }

  /** Says it again after each wait, until somebody answers. */
  async #ask(
    asked: Asked,
    types: readonly DhcpMessageType[],
    waits: readonly number[],
    because?: string,
  ): Promise<DhcpMessage | undefined> {
    const { clock, random, signal } = this.#parts;
    for (const wait of waits) {
      signal?.throwIfAborted();
      const message = this.#say(asked, because);
      const deadline = clock.now() + wait + (random() * 2 - 1) * jitterMs;
      const answer = await this.#taken(message, types, deadline);
      signal?.throwIfAborted();
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  async #taken(
    message: DhcpMessage,
    types: readonly DhcpMessageType[],
    deadline: number,
  ): Promise<DhcpMessage | undefined> {
    const { port, clock, speech, tell } = this.#parts;
    for (;;) {
      const answer = await port.answer(message, types, deadline - clock.now());
      if (answer === undefined) return undefined;
      const objection = objectionTo(answer, speech);
      // An ACK is told of when it is known what it gives.
      if (objection !== undefined || messageTypeOf(answer) !== 'ack')
        tell(receivedDhcp(answer, objection));
      if (objection === undefined) return answer;
    }
  }
}

/** RFC 2131 table 3: what an offer and an ACK must have. Nobody can object to a NAK. */
function objectionTo(answer: DhcpMessage, speech: DhcpSpeech): string | undefined {
  if (messageTypeOf(answer) === 'nak') return undefined;
  if (answer.yiaddr === 0) return 'it gives no address';
  if (serverOf(answer) === '0.0.0.0') return 'it has no server identifier';
  return speech.objection?.(answer);
}
