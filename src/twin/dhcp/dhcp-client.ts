import { messageTypeOf } from '../../codec/dhcp/dhcp-fields.ts';
import type { DhcpMessage } from '../../codec/dhcp/dhcp-message.ts';
import { formatIPv4 } from '../../wire/ipv4.ts';
import type { Mac } from '../../wire/mac.ts';
import type { Clock } from '../clock.ts';
import type { Server } from '../tftp-client.ts';
import { DhcpConversation, type TellDhcp } from './dhcp-conversation.ts';
import { openDhcpPort } from './dhcp-exchange.ts';
import { boundDhcp, receivedDhcp } from './dhcp-happening.ts';
import { leaseOf, type DhcpLease } from './dhcp-lease.ts';
import type { DhcpSpeech, TwinDhcp } from './dhcp-speech.ts';

export type DhcpClientOptions = {
  readonly mac: Mac;
  readonly dhcp: TwinDhcp;
  /** How the phone speaks now: that depends on what runs on it. */
  readonly speech: () => DhcpSpeech;
  readonly clock: Clock;
  /** From 0 up to 1, as Math.random. */
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
};

/** RFC 2131 section 3.1, number 5. */
const afterDeclineMs = 10_000;
/** A phone that is refused again and again counts as stuck. */
const mostTries = 8;
/** RFC 2131 section 4.4.5: it does not ask for more time more often. */
const leastRenewalMs = 60_000;

/**
 * A phone's DHCP from power-on on. RFC 2131 section 4.4. It never releases its address: phones lose
 * their power without a word.
 */
export class DhcpClient {
  readonly #options: DhcpClientOptions;
  #lease: DhcpLease | undefined;
  #dueAt = Infinity;

  constructor(options: DhcpClientOptions) {
    this.#options = options;
  }

  get lease(): DhcpLease | undefined {
    return this.#lease;
  }

  /** The TFTP server that it was given. */
  get tftp(): Server | undefined {
    const address = this.#lease?.tftp?.address;
    return address === undefined ? undefined : { address, port: this.tftpPort };
  }

  /** Of whatever server DHCP names: DHCP cannot say it. */
  get tftpPort(): number {
    return this.#options.dhcp.tftpPort;
  }

  /** Milliseconds since the epoch at which `attend` has something to do; Infinity for never. */
  get dueAt(): number {
    return this.#dueAt;
  }

  /** Its network settings were lost. */
  forget(): void {
    this.#lease = undefined;
    this.#dueAt = Infinity;
  }

  /** Asks for the address that it held before, or for any. Whether it has one then. */
  obtain(tell: TellDhcp): Promise<boolean> {
    const before = this.#lease;
    this.forget();
    return this.#converse(tell, async (conversation) => {
      if (before !== undefined && before.expiresAt > this.#options.clock.now()) {
        const known = await this.#reboot(conversation, before, tell);
        if (known) return true;
      }
      return this.#initialise(conversation, tell);
    });
  }

  /** Lets go of what it has and asks anew, as after a hunt in which nobody answered. */
  restart(tell: TellDhcp): Promise<boolean> {
    this.forget();
    return this.obtain(tell);
  }

  /** Renews or rebinds where that is due. */
  async attend(tell: TellDhcp): Promise<void> {
    const now = this.#options.clock.now();
    const lease = this.#lease;
    if (lease === undefined || now < this.#dueAt) return;
    if (now >= lease.expiresAt) await this.restart(tell);
    else await this.#extend(lease, tell);
  }

  async #converse<T>(
    tell: TellDhcp,
    speak: (conversation: DhcpConversation) => Promise<T>,
  ): Promise<T> {
    const { mac, dhcp, clock, random, signal } = this.#options;
    signal?.throwIfAborted();
    const port = await openDhcpPort(dhcp, clock, random);
    const close = () => port.close();
    signal?.addEventListener('abort', close);
    try {
      const speech = this.#options.speech();
      return await speak(new DhcpConversation({ mac, speech, port, clock, random, signal, tell }));
    } finally {
      signal?.removeEventListener('abort', close);
      close();
    }
  }

  /** RFC 2131 section 3.2, number 3: without an answer it may use what it held. */
  async #reboot(
    conversation: DhcpConversation,
    before: DhcpLease,
    tell: TellDhcp,
  ): Promise<boolean> {
    const sentAt = this.#options.clock.now();
    const answer = await conversation.reboot(before.address);
    if (answer !== undefined)
      return isAck(answer) && this.#take(conversation, answer, sentAt, tell);
    this.#lease = before;
    this.#dueAt = Math.max(before.renewAt, this.#options.clock.now() + leastRenewalMs);
    return true;
  }

  async #initialise(conversation: DhcpConversation, tell: TellDhcp): Promise<boolean> {
    const { rounds } = this.#options.speech();
    let silent = 0;
    for (let tries = 0; silent < rounds && tries < mostTries; tries++) {
      const offer = await conversation.discover();
      if (offer === undefined) silent++;
      const sentAt = this.#options.clock.now();
      const answer = offer && (await conversation.select(offer));
      if (answer && isAck(answer) && (await this.#take(conversation, answer, sentAt, tell)))
        return true;
    }
    return false;
  }

  /** Declines an address that another machine answers for. */
  async #take(
    conversation: DhcpConversation,
    ack: DhcpMessage,
    sentAt: number,
    tell: TellDhcp,
  ): Promise<boolean> {
    const { dhcp, clock, signal } = this.#options;
    if (dhcp.inUse?.(formatIPv4(ack.yiaddr)) !== true) {
      await this.#hold(ack, sentAt, tell);
      return true;
    }
    tell(receivedDhcp(ack));
    conversation.decline(ack);
    await clock.sleep(afterDeclineMs, signal);
    return false;
  }

  async #hold(ack: DhcpMessage, sentAt: number, tell: TellDhcp): Promise<void> {
    const { dhcp, speech } = this.#options;
    const lease = await leaseOf(ack, sentAt, speech(), dhcp);
    tell(boundDhcp(ack, lease));
    this.#lease = lease;
    this.#dueAt = lease.renewAt;
    await dhcp.useAddress?.(lease.address);
  }

  async #extend(lease: DhcpLease, tell: TellDhcp): Promise<void> {
    const { clock } = this.#options;
    const sentAt = clock.now();
    const isLate = sentAt >= lease.rebindAt;
    const because = isLate ? 'any server may renew it' : 'it renews';
    const answer = await this.#converse(tell, (each) => each.extend(lease, because));
    if (answer !== undefined && isAck(answer)) return this.#hold(answer, sentAt, tell);
    if (answer !== undefined) {
      await this.restart(tell);
      return;
    }
    const next = isLate ? lease.expiresAt : lease.rebindAt;
    const half = (next - clock.now()) / 2;
    this.#dueAt = Math.min(next, clock.now() + Math.max(half, leastRenewalMs));
  }
}

function isAck(message: DhcpMessage): boolean {
  return messageTypeOf(message) === 'ack';
}
