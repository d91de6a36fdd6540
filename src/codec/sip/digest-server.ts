import { ifReadable } from '../../wire/if-readable.ts';
import { parseAuthentication, type Authentication } from './authentication.ts';
import { digestResponse, type Credentials } from './digest.ts';
import { headersOf } from './headers-of.ts';
import { isSame, type Nonces } from './nonces.ts';
import type { SipRequest } from './sip-message.ts';
import { latin1Text, shown, utf8Text } from './sip-text.ts';
import { isSameResource } from './uri.ts';

export type ChallengeParts = {
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: string;
  /** None for phones that know RFC 2069 only. */
  readonly qop?: readonly ('auth' | 'auth-int')[];
  /** The credentials were right, the nonce too old: the phone need not ask anybody. */
  readonly isStale?: boolean;
  readonly opaque?: string;
};

/** WWW-Authenticate or Proxy-Authenticate. RFC 7616 section 3.3. */
export function digestChallenge({
  realm,
  nonce,
  algorithm,
  qop = ['auth'],
  isStale = false,
  opaque,
}: ChallengeParts): Authentication {
  const parameters = new Map([
    ['realm', latin1Text(realm)],
    ['nonce', nonce],
    ['algorithm', algorithm],
  ]);
  if (opaque !== undefined) parameters.set('opaque', opaque);
  if (qop.length > 0) parameters.set('qop', qop.join(','));
  if (isStale) parameters.set('stale', 'true');
  return { scheme: 'Digest', parameters };
}

/** What the credentials of a request are worth. */
export type DigestVerdict =
  | { readonly kind: 'good'; readonly username: string }
  /** Right, for a nonce that is too old or a count that was used: challenge with `stale`. */
  | { readonly kind: 'stale'; readonly username: string }
  /** None for this realm that can be read: challenge. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'wrong'; readonly username: string; readonly because: string }
  /** Right, for another request: answer 400. */
  | { readonly kind: 'elsewhere'; readonly username: string; readonly because: string };

export type DigestCheck = {
  /** `authorization` for registrars and phones. */
  readonly header: 'authorization' | 'proxy-authorization';
  readonly realm: string;
  /** Those that were offered, as `MD5`: no others are taken. */
  readonly algorithms: readonly string[];
  readonly nonces: Nonces;
  /** Whether an answer without `qop` (RFC 2069), which can be used again, is taken. */
  readonly takesNoQop: boolean;
  /** Undefined for nobody. */
  passwordOf(username: string): string | undefined;
};

/**
 * Judges a request's credentials. RFC 3261 section 22.4, RFC 7616 section 3.4.6. The `uri` among them
 * must name what the Request-URI names, which no proxy has changed on the way to a registrar or phone.
 */
export function checkDigest(request: SipRequest, check: DigestCheck): DigestVerdict {
  const answer = answerFor(request, check);
  if (!answer) return { kind: 'missing' };
  const username = utf8Text(answer.get('username') ?? '');
  const wrong = (because: string): DigestVerdict => ({ kind: 'wrong', username, because });
  const algorithm = (answer.get('algorithm') ?? 'MD5').toLowerCase();
  if (!check.algorithms.some((each) => each.toLowerCase() === algorithm))
    return wrong(`the algorithm is ${algorithm}`);
  if (!answer.has('qop') && !check.takesNoQop) return wrong('there is no qop');
  const password = check.passwordOf(username);
  const credentials: Credentials = { username, password: password ?? '' };
  const { method, body } = request;
  const expected = digestResponse(answer, credentials, {
    ...{ method, body },
    uri: answer.get('uri') ?? '',
  });
  const isRight = isSame(expected ?? '', (answer.get('response') ?? '').toLowerCase());
  if (password === undefined) return wrong('nobody has this name');
  if (expected === undefined || !isRight) return wrong('the password is another');
  const uri = answer.get('uri') ?? '';
  if (!isSameResource(uri, request.uri)) {
    const because = `the credentials are for ${shown(uri)}, the request is for ${shown(request.uri)}`;
    return { kind: 'elsewhere', username, because };
  }
  return freshness(answer, check.nonces, username);
}

/** Only asked about right answers: nobody else can use up a nonce's counts. */
function freshness(
  answer: ReadonlyMap<string, string>,
  nonces: Nonces,
  username: string,
): DigestVerdict {
  const nonce = answer.get('nonce') ?? '';
  // One that another run of this server made is as good as one that is too old.
  if (nonces.check(nonce) !== 'fresh') return { kind: 'stale', username };
  if (!answer.has('qop')) return { kind: 'good', username };
  const count = answer.get('nc') ?? '';
  const isNew = /^[0-9a-f]{8}$/i.test(count) && nonces.use(nonce, Number.parseInt(count, 16));
  return { kind: isNew ? 'good' : 'stale', username };
}

/** The parameters of the one answer for our realm. */
function answerFor(
  request: SipRequest,
  { header, realm }: DigestCheck,
): ReadonlyMap<string, string> | undefined {
  for (const value of headersOf(request, header)) {
    const found = readAnswer(header, value);
    if (found?.scheme.toLowerCase() !== 'digest') continue;
    if (found.parameters.get('realm') === latin1Text(realm)) return found.parameters;
  }
  return undefined;
}

function readAnswer(header: string, value: string): Authentication | undefined {
  return ifReadable(() => parseAuthentication(header, value));
}
