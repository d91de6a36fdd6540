import { headerOf, headersOf } from '../../codec/sip/headers-of.ts';
import type { SipRequest, SipResponse } from '../../codec/sip/sip-message.ts';
import { parseSipUri } from '../../codec/sip/sip-uri.ts';
import { contactsOf, secondsOf } from '../../codec/sip/typed-headers.ts';
import { parseVia } from '../../codec/sip/via.ts';
import { ifReadable } from '../../wire/if-readable.ts';
import type { Clock, WaitKind } from '../clock.ts';
import type { Server } from '../tftp-client.ts';
import { digestMemory, type DigestMemory } from './digest-memory.ts';
import { contactUri, registerRequest } from './register-request.ts';
import type { RegistrationHappening } from './sip-happening.ts';
import type { SipPort } from './sip-port.ts';
import type { SipHost, SipLine, SipSettings } from './sip-settings.ts';
import type { SipNames, SipWords } from './sip-words.ts';
import type { LineState } from './twin-sip.ts';

export type RegistrationParts = {
  /** What the phone runs. */
  readonly image: string;
  readonly line: SipLine;
  readonly settings: SipSettings;
  readonly words: SipWords;
  readonly names: SipNames;
  readonly port: SipPort;
  readonly clock: Clock;
  readonly ownAddress: string;
  readonly contactAddress: string;
  /** The address of a proxy, or of what stands in its place. */
  targetOf(proxy: SipHost): Promise<Server | undefined>;
  tell(happening: RegistrationHappening): void;
  /** The state is another one. */
  onChange(): void;
  /** The phone can go no further. */
  fail(error: unknown): void;
};

/** After a refusal or silence: our assumption. */
const retryMs = 60_000;
/** Rounds that are shortened with all that a phone waits for by itself; then others need real time. */
const quickRounds = 3;
/** Real phones begin there. */
const firstSequence = 101;
/** A challenge is answered, and once more where the nonce was too old. */
const mostAnswers = 2;

type Outcome =
  | { readonly kind: 'granted'; readonly response: SipResponse; readonly seconds: number }
  | { readonly kind: 'refused'; readonly because: string }
  | { readonly kind: 'silent'; readonly because: string };

/** One line's registration, renewed until it is taken back. */
export class Registration {
  readonly line: SipLine;
  /** Of its REGISTERs. */
  readonly callId: string;
  readonly #parts: RegistrationParts;
  readonly #tag: string;
  readonly #digest: DigestMemory;
  #contactAddress: string;
  #sequence = firstSequence;
  #state: LineState['state'] = 'registering';
  #peer: string | undefined;
  #because: string | undefined;
  #failures = 0;
  #seconds: number;
  /** The proxy that answered last. */
  #granting: SipHost;
  #callOff: (() => void) | undefined;
  #isClosed = false;

  constructor(parts: RegistrationParts) {
    const { line, names, settings, ownAddress } = parts;
    this.#parts = parts;
    this.line = line;
    this.#tag = names.newTag();
    this.callId = names.newCallId(ownAddress);
    const credentials = { username: line.authName || line.name, password: line.password };
    this.#digest = digestMemory(credentials, names.newWord);
    this.#contactAddress = parts.contactAddress;
    this.#seconds = settings.registerSeconds;
    this.#granting = line.proxy;
  }

  get contactAddress(): string {
    return this.#contactAddress;
  }

  get isRegistered(): boolean {
    return this.#state === 'registered';
  }

  /** The proxy that answered last. */
  get granting(): SipHost {
    return this.#granting;
  }

  /** Rounds in which nobody took it since it was last registered. */
  get failures(): number {
    return this.#failures;
  }

  get lineState(): LineState {
    return {
      ...{ line: this.line.name, state: this.#state },
      ...(this.#peer !== undefined && { peer: this.#peer }),
      ...(this.#because !== undefined && { because: this.#because }),
    };
  }

  start(): void {
    void this.#register().catch((error: unknown) => this.#parts.fail(error));
  }

  /** Takes it back; resolves when that is answered or given up. */
  async unregister(): Promise<void> {
    this.#callOff?.();
    if (this.isRegistered) await this.#exchange(this.#granting, 0);
    if (!this.#isClosed) this.#settle('unregistered');
  }

  close(): void {
    this.#isClosed = true;
    this.#callOff?.();
  }

  #settle(
    state: RegistrationHappening['state'],
    more: Pick<RegistrationHappening, 'because' | 'expires'> = {},
  ): void {
    this.#state = state;
    this.#because = more.because;
    const peer = this.#peer === undefined ? {} : { peer: this.#peer };
    const { tell, image } = this.#parts;
    tell({ kind: 'registration', image, line: this.line.name, state, ...peer, ...more });
    this.#parts.onChange();
  }

  #wait(ms: number, kind: WaitKind): void {
    this.#callOff?.();
    if (!this.#isClosed) this.#callOff = this.#parts.clock.after(ms, () => this.start(), kind);
  }

  /** The line's proxy, then the one that takes over where that is silent. */
  async #register(): Promise<void> {
    const { backup } = this.#parts.settings;
    let outcome: Outcome = { kind: 'silent', because: 'nobody to ask' };
    for (const proxy of [this.line.proxy, ...(backup ? [backup] : [])]) {
      outcome = await this.#exchange(proxy, this.#seconds);
      if (this.#isClosed) return;
      if (outcome.kind === 'silent') continue;
      this.#granting = proxy;
      break;
    }
    if (outcome.kind === 'granted') return this.#granted(outcome.response, outcome.seconds);
    this.#failures++;
    this.#digest.forget();
    this.#settle(outcome.kind, { because: outcome.because });
    this.#wait(retryMs, this.#failures < quickRounds ? 'own' : 'answer');
  }

  async #granted(response: SipResponse, lasts: number): Promise<void> {
    const { nat, registerDelta } = this.#parts.settings;
    const seen = receivedIn(response);
    if (nat.usesReceived && seen !== undefined && seen !== this.#contactAddress) {
      await this.#exchange(this.#granting, 0);
      if (this.#isClosed) return;
      this.#contactAddress = seen;
      return this.#register();
    }
    this.#failures = 0;
    this.#settle('registered', { expires: lasts });
    const early = lasts > 2 * registerDelta ? registerDelta : lasts / 2;
    this.#wait(Math.max(lasts - early, 1) * 1000, 'lasting');
  }

  /** One REGISTER and, where it is challenged, its repetition with credentials. */
  async #exchange(proxy: SipHost, expires: number): Promise<Outcome> {
    const target = await this.#parts.targetOf(proxy);
    if (target === undefined) return { kind: 'silent', because: `${proxy.host} has no address` };
    this.#peer = `${target.address}:${target.port}`;
    let asked = expires;
    for (let answers = 0; ;) {
      const response = await this.#send(proxy, target, asked);
      if (typeof response === 'string') return { kind: 'silent', because: response };
      const { status, reason } = response;
      if (status < 300)
        return { kind: 'granted', response, seconds: this.#lifetime(response, asked) };
      const shortest = secondsOf(headerOf(response, 'min-expires')) ?? 0;
      if (this.#canAnswer(response, answers)) answers++;
      else if (status === 423 && shortest > asked && asked === expires && asked > 0)
        asked = this.#seconds = shortest;
      else return { kind: 'refused', because: `${status} ${reason}` };
    }
  }

  #canAnswer(response: SipResponse, answers: number): boolean {
    if (response.status !== 401 && response.status !== 407) return false;
    const isAgain = answers < mostAnswers && this.#digest.isStale(response);
    return (answers === 0 || isAgain) && this.#digest.learn(response);
  }

  #send(proxy: SipHost, target: Server, expires: number): Promise<SipResponse | string> {
    const { settings, words, names, port, ownAddress } = this.#parts;
    const request: SipRequest = registerRequest({
      ...{ line: this.line, settings, words, ownAddress, registrar: proxy, expires },
      ...{ tag: this.#tag, callId: this.callId, contactAddress: this.#contactAddress },
      branch: names.newBranch(),
      sequence: this.#sequence++,
      more: (bare) => this.#digest.header(bare),
    });
    const { promise, resolve } = Promise.withResolvers<SipResponse | string>();
    port.request(request, target, {
      final: resolve,
      failed: () => resolve(`no answer of ${target.address}:${target.port}`),
    });
    return promise;
  }

  /** What the registrar grants: RFC 3261 section 10.2.4. */
  #lifetime(response: SipResponse, asked: number): number {
    const uri = contactUri({ ...this.#parts, contactAddress: this.#contactAddress });
    const granted = secondsOf(headerOf(response, 'expires')) ?? asked;
    return ownExpires(response, uri) ?? granted;
  }
}

/** The `expires` of our own Contact among all that are bound. */
function ownExpires(response: SipResponse, own: string): number | undefined {
  return ifReadable(() => {
    const mine = parseSipUri(own);
    const contacts = contactsOf(response);
    if (contacts === '*') return undefined;
    const found = contacts.find(({ uri }) => {
      const other = ifReadable(() => parseSipUri(uri));
      return other?.user === mine.user && other?.host === mine.host && other.port === mine.port;
    });
    return secondsOf(found?.parameters.get('expires'));
  });
}

/** The address that the registrar saw. */
function receivedIn(response: SipResponse): string | undefined {
  return ifReadable(() => parseVia(headersOf(response, 'via')[0] ?? '').parameters.get('received'));
}
