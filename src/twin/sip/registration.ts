import { headerOf, headersOf } from '../../codec/sip/headers-of.ts';
import type { SipRequest, SipResponse } from '../../codec/sip/sip-message.ts';
import { parseSipUri } from '../../codec/sip/sip-uri.ts';
import { contactsOf, secondsOf } from '../../codec/sip/typed-headers.ts';
import { parseVia } from '../../codec/sip/via.ts';
import { CodecError } from '../../wire/codec-error.ts';
import type { Clock } from '../clock.ts';
import type { Server } from '../tftp-client.ts';
import { digestMemory } from './digest-memory.ts';
import { contactUri, registerRequest } from './register-request.ts';
import type { RegistrationHappening } from './sip-happening.ts';
import type { SipPort } from './sip-port.ts';
import type { SipHost, SipLine, SipSettings } from './sip-settings.ts';
import type { SipNames, SipWords } from './sip-words.ts';
import type { LineState } from './twin-sip.ts';

export type RegistrationParts = {
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

/** One line's registration, renewed until it is taken back. */
export type Registration = {
  readonly line: SipLine;
  readonly state: LineState['state'];
  readonly peer: string | undefined;
  readonly because: string | undefined;
  /** Of its REGISTERs. */
  readonly callId: string;
  readonly contactAddress: string;
  /** Rounds in which nobody took it since it was last registered. */
  readonly failures: number;
  start(): void;
  /** Takes it back; resolves when that is answered or given up. */
  unregister(): Promise<void>;
  close(): void;
};

/** After a refusal or silence: our assumption. */
const retryMs = 60_000;
/** Rounds that are shortened with everything else that a phone waits for by itself. */
const quickRounds = 3;
/** Real phones begin there. */
const firstSequence = 101;
/** A challenge is answered, and once more where the nonce was too old. */
const mostAnswers = 2;

type Outcome =
  | { readonly kind: 'granted'; readonly response: SipResponse; readonly seconds: number }
  | { readonly kind: 'refused'; readonly because: string }
  | { readonly kind: 'silent'; readonly because: string };

export function createRegistration(parts: RegistrationParts): Registration {
  const { line, settings, names, port, clock, tell, onChange } = parts;
  const tag = names.newTag();
  const callId = names.newCallId(parts.ownAddress);
  const credentials = { username: line.authName || line.name, password: line.password };
  const digest = digestMemory(credentials, names.newWord);
  let contactAddress = parts.contactAddress;
  let sequence = firstSequence;
  let state: LineState['state'] = 'registering';
  let peer: string | undefined;
  let because: string | undefined;
  let failures = 0;
  let seconds = settings.registerSeconds;
  let granting: SipHost = line.proxy;
  let callOff = () => undefined as void;
  let isClosed = false;

  function settle(next: LineState['state'], more: Partial<RegistrationHappening> = {}): void {
    state = next;
    because = more.because;
    if (next !== 'registering')
      tell({ kind: 'registration', line: line.name, state: next, ...more });
    onChange();
  }

  function wait(ms: number, kind: 'own' | 'lasting'): void {
    callOff();
    if (!isClosed) callOff = clock.after(ms, () => void register().catch(parts.fail), kind);
  }

  /** The line's proxy, then the one that takes over where that is silent. */
  async function register(): Promise<void> {
    const proxies = [line.proxy, ...(settings.backup ? [settings.backup] : [])];
    let outcome: Outcome = { kind: 'silent', because: 'nobody to ask' };
    for (const proxy of proxies) {
      outcome = await exchange(proxy, seconds);
      if (isClosed) return;
      if (outcome.kind !== 'silent') granting = proxy;
      if (outcome.kind !== 'silent') break;
    }
    if (outcome.kind === 'granted') return granted(outcome.response, outcome.seconds);
    failures++;
    digest.forget();
    settle(outcome.kind, { because: outcome.because, ...(peer !== undefined && { peer }) });
    wait(retryMs, failures < quickRounds ? 'own' : 'lasting');
  }

  async function granted(response: SipResponse, lasts: number): Promise<void> {
    const seen = receivedIn(response);
    if (settings.nat.usesReceived && seen !== undefined && seen !== contactAddress) {
      await exchange(granting, 0);
      if (isClosed) return;
      contactAddress = seen;
      return register();
    }
    failures = 0;
    settle('registered', { expires: lasts, ...(peer !== undefined && { peer }) });
    const early = lasts > 2 * settings.registerDelta ? settings.registerDelta : lasts / 2;
    wait(Math.max(lasts - early, 1) * 1000, 'lasting');
  }

  /** One REGISTER and, where it is challenged, its repetition with credentials. */
  async function exchange(proxy: SipHost, expires: number): Promise<Outcome> {
    const target = await parts.targetOf(proxy);
    if (target === undefined) return { kind: 'silent', because: `${proxy.host} has no address` };
    peer = `${target.address}:${target.port}`;
    let asked = expires;
    for (let answers = 0; ;) {
      const response = await send(proxy, target, asked);
      if (typeof response === 'string') return { kind: 'silent', because: response };
      const { status, reason } = response;
      if (status < 300) return { kind: 'granted', response, seconds: lifetime(response, asked) };
      const isChallenge = status === 401 || status === 407;
      const again = answers === 0 || (answers < mostAnswers && digest.isStale(response));
      const shortest = secondsOf(headerOf(response, 'min-expires'));
      if (isChallenge && again && digest.learn(response)) answers++;
      else if (
        status === 423 &&
        shortest !== undefined &&
        shortest > asked &&
        asked === expires &&
        asked > 0
      )
        asked = seconds = shortest;
      else return { kind: 'refused', because: `${status} ${reason}` };
    }
  }

  function send(proxy: SipHost, target: Server, expires: number): Promise<SipResponse | string> {
    const request: SipRequest = registerRequest({
      ...{ line, settings, words: parts.words, registrar: proxy, tag, callId, expires },
      ...{ ownAddress: parts.ownAddress, contactAddress },
      branch: names.newBranch(),
      sequence: sequence++,
      more: (bare) => digest.header(bare),
    });
    const { promise, resolve } = Promise.withResolvers<SipResponse | string>();
    port.request(request, target, {
      final: resolve,
      failed: () => resolve(`no answer of ${target.address}:${target.port}`),
    });
    return promise;
  }

  /** What the registrar grants: RFC 3261 section 10.2.4. */
  function lifetime(response: SipResponse, asked: number): number {
    const uri = contactUri({ ...parts, contactAddress });
    const granted = secondsOf(headerOf(response, 'expires')) ?? asked;
    return ownExpires(response, uri) ?? granted;
  }

  return {
    line,
    callId,
    get state() {
      return state;
    },
    get peer() {
      return peer;
    },
    get because() {
      return because;
    },
    get contactAddress() {
      return contactAddress;
    },
    get failures() {
      return failures;
    },
    start: () => void register().catch(parts.fail),
    async unregister() {
      callOff();
      const was = state;
      if (was === 'registered') await exchange(granting, 0);
      if (isClosed) return;
      settle('unregistered', peer === undefined ? {} : { peer });
    },
    close() {
      isClosed = true;
      callOff();
    },
  };
}

/** The `expires` of our own Contact among all that are bound. */
function ownExpires(response: SipResponse, own: string): number | undefined {
  return ignoringFaults(() => {
    const mine = parseSipUri(own);
    const contacts = contactsOf(response);
    if (contacts === '*') return undefined;
    const found = contacts.find(({ uri }) => {
      const other = ignoringFaults(() => parseSipUri(uri));
      return other?.user === mine.user && other?.host === mine.host && other.port === mine.port;
    });
    return secondsOf(found?.parameters.get('expires'));
  });
}

/** The address that the registrar saw. */
function receivedIn(response: SipResponse): string | undefined {
  return ignoringFaults(() =>
    parseVia(headersOf(response, 'via')[0] ?? '').parameters.get('received'),
  );
}

function ignoringFaults<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}
