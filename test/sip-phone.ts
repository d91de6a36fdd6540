import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { authenticationText, parseAuthentication } from '../src/codec/sip/authentication.ts';
import { answerFirst } from '../src/codec/sip/digest.ts';
import { headerOf, headersOf } from '../src/codec/sip/headers-of.ts';
import { parseNameAddr } from '../src/codec/sip/name-addr.ts';
import { parseSip } from '../src/codec/sip/parse-sip.ts';
import { respond } from '../src/codec/sip/respond.ts';
import { serializeSip } from '../src/codec/sip/serialize-sip.ts';
import type { SipHeader, SipRequest, SipResponse } from '../src/codec/sip/sip-message.ts';
import { closeUdp } from '../src/servers/tftp/udp.ts';

export type SipPhoneOptions = {
  /** Its own address. */
  readonly address: string;
  readonly user: string;
  readonly password?: string;
  readonly server: { readonly address: string; readonly port: number };
  readonly headers?: readonly SipHeader[];
  /** What it answers to NOTIFY. */
  readonly answer?: { readonly status: number; readonly reason: string };
  /** Drops what does not come from its server's own address and port, as phones do. */
  readonly isStrict?: boolean;
};

/** A desk phone's SIP, as far as a registrar sees it. */
export class SipPhone {
  readonly notified: SipRequest[] = [];
  readonly #options: SipPhoneOptions;
  readonly #socket: Socket;
  readonly #responses: SipResponse[] = [];
  readonly #callId: string;
  #sequence = 0;
  #heard: () => void = () => undefined;

  private constructor(options: SipPhoneOptions, socket: Socket) {
    this.#options = options;
    this.#socket = socket;
    this.#callId = `call-${options.user}-${socket.address().port}@${options.address}`;
    socket.on('message', (bytes, from) => this.#receive(bytes, from));
  }

  static async open(t: TestContext, options: SipPhoneOptions): Promise<SipPhone> {
    const socket = createSocket('udp4');
    socket.bind(0, options.address);
    await once(socket, 'listening');
    t.after(() => closeUdp(socket));
    return new SipPhone(options, socket);
  }

  get callId(): string {
    return this.#callId;
  }

  /** Sends text as it is, and gives the first answer. */
  async raw(text: string): Promise<SipResponse> {
    const { server } = this.#options;
    this.#responses.length = 0;
    this.#socket.send(Buffer.from(text, 'latin1'), server.port, server.address);
    return this.#next();
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** Asks for what is registered; gives the contacts, without what stands behind them. */
  async bound(): Promise<readonly string[]> {
    const answer = await this.register([{ name: 'Contact', value: '' }]);
    assert.equal(answer.status, 200, answer.reason);
    return headersOf(answer, 'contact').map((value) => parseNameAddr('contact', value).uri);
  }

  /**
   * Registers, with its password where it is asked for it; gives the last answer. Its own contact is
   * left out where another one is named, even an empty one.
   */
  async register(more: readonly SipHeader[] = []): Promise<SipResponse> {
    const first = await this.#send(more);
    const { user, password } = this.#options;
    if (first.status !== 401 || password === undefined) return first;
    const challenges = headersOf(first, 'www-authenticate').map((value) =>
      parseAuthentication('www-authenticate', value),
    );
    const request = { method: 'REGISTER', uri: this.#uri, body: new Uint8Array() };
    const credentials = { username: `u${user}`, password };
    const answer = answerFirst(challenges, { credentials, request, nonceCount: 1, cnonce: 'abc' });
    if (!answer) return first;
    const value = authenticationText(answer, { isAnswer: true });
    return this.#send([...more, { name: 'Authorization', value }]);
  }

  get #uri(): string {
    const { server } = this.#options;
    return `sip:${server.address}:${server.port}`;
  }

  async #send(more: readonly SipHeader[]): Promise<SipResponse> {
    const { address, user, server, headers = [] } = this.#options;
    const { port } = this;
    const number = ++this.#sequence;
    const own = `sip:${user}@${server.address}`;
    const contact = { name: 'Contact', value: `<sip:${user}@${address}:${port}>` };
    const named = more.some(({ name }) => name === 'Contact') ? [] : [contact];
    const given = more.filter(({ value }) => value !== '');
    const request: SipRequest = {
      ...{ kind: 'request', method: 'REGISTER', uri: this.#uri, version: 'SIP/2.0' },
      headers: [
        {
          name: 'Via',
          value: `SIP/2.0/UDP ${address}:${port};branch=z9hG4bK${user}-${port}-${number}`,
        },
        { name: 'Max-Forwards', value: '70' },
        { name: 'From', value: `<${own}>;tag=t${user}` },
        { name: 'To', value: `<${own}>` },
        { name: 'Call-ID', value: this.#callId },
        { name: 'CSeq', value: `${number} REGISTER` },
        ...headers,
        ...named,
        ...given,
      ],
      body: new Uint8Array(),
    };
    this.#responses.length = 0;
    this.#socket.send(serializeSip(request), server.port, server.address);
    return this.#next();
  }

  async #next(): Promise<SipResponse> {
    for (;;) {
      const final = this.#responses.find(({ status }) => status >= 200);
      if (final) return final;
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }

  #receive(bytes: Uint8Array, from: { readonly address: string; readonly port: number }): void {
    const { server, isStrict, answer = { status: 200, reason: 'OK' } } = this.#options;
    const isServers = from.address === server.address && from.port === server.port;
    if (isStrict === true && !isServers) return;
    const message = parseSip(bytes);
    if (message.kind === 'response') this.#responses.push(message);
    else {
      const known = this.notified.some(
        (each) => headerOf(each, 'via') === headerOf(message, 'via'),
      );
      if (!known) this.notified.push(message);
      this.#socket.send(
        serializeSip(respond(message, { ...answer, tag: 'p' })),
        from.port,
        from.address,
      );
    }
    this.#heard();
  }
}
