import { createHash } from 'node:crypto';
import type { Authentication } from './authentication.ts';
import { latin1Text } from './sip-text.ts';

/** RFC 7616 section 6.1, RFC 8760 section 2; with `-sess` behind them too. */
const hashes: ReadonlyMap<string, string> = new Map([
  ['md5', 'md5'],
  ['sha-256', 'sha256'],
  ['sha-512-256', 'sha512-256'],
]);

/** In their usual spelling, the strongest first. RFC 8760 section 2.4. */
export const digestAlgorithms = ['SHA-512-256', 'SHA-256', 'MD5'] as const;
export type DigestAlgorithm = (typeof digestAlgorithms)[number] | `${string}-sess`;

/** As people write them; they go over the wire as UTF-8. */
export type Credentials = {
  readonly username: string;
  readonly password: string;
};

export type DigestRequest = {
  readonly method: string;
  /** `digest-uri`: the request's URI. */
  readonly uri: string;
  readonly body: Uint8Array;
};

/**
 * What `response` must be: RFC 7616 section 3.4.1, and RFC 2069 where there is no qop. The values are
 * those of the answer's parameters. Undefined for an algorithm or qop that is not known.
 */
export function digestResponse(
  answer: ReadonlyMap<string, string>,
  { username, password }: Credentials,
  { method, uri, body }: DigestRequest,
): string | undefined {
  const value = (name: string) => answer.get(name) ?? '';
  const algorithm = value('algorithm').toLowerCase() || 'md5';
  const hashName = hashes.get(algorithm.replace(/-sess$/, ''));
  const qop = answer.get('qop')?.toLowerCase();
  if (hashName === undefined || (qop !== undefined && !isQop(qop))) return undefined;
  const hash = (data: string | Uint8Array) =>
    createHash(hashName)
      .update(typeof data === 'string' ? Buffer.from(data, 'latin1') : data)
      .digest('hex');
  const secret = hash(`${latin1Text(username)}:${value('realm')}:${latin1Text(password)}`);
  const first = algorithm.endsWith('-sess')
    ? hash(`${secret}:${value('nonce')}:${value('cnonce')}`)
    : secret;
  const second = hash(qop === 'auth-int' ? `${method}:${uri}:${hash(body)}` : `${method}:${uri}`);
  if (qop === undefined) return hash(`${first}:${value('nonce')}:${second}`);
  const middle = [value('nonce'), value('nc'), value('cnonce'), qop].join(':');
  return hash(`${first}:${middle}:${second}`);
}

/** Whether challenges and answers with this algorithm can be worked out. */
export function isDigestAlgorithm(algorithm: string): boolean {
  return hashes.has(algorithm.toLowerCase().replace(/-sess$/, ''));
}

function isQop(qop: string): boolean {
  return qop === 'auth' || qop === 'auth-int';
}

export type AnswerOptions = {
  readonly credentials: Credentials;
  readonly request: DigestRequest;
  /** Times that this nonce was answered, from 1. */
  readonly nonceCount: number;
  /** A fresh word for each answer. */
  readonly cnonce: string;
};

/** The answer to a challenge; undefined where its scheme, algorithm or qop is none of ours. */
export function answerChallenge(
  { scheme, parameters }: Authentication,
  { credentials, request, nonceCount, cnonce }: AnswerOptions,
): Authentication | undefined {
  if (scheme.toLowerCase() !== 'digest') return undefined;
  const offered = words(parameters.get('qop'));
  const qop = offered?.find((each) => each === 'auth') ?? offered?.find(isQop);
  if (offered && qop === undefined) return undefined;
  const answer = new Map<string, string>([
    ['username', latin1Text(credentials.username)],
    ['realm', parameters.get('realm') ?? ''],
    ['nonce', parameters.get('nonce') ?? ''],
    ['uri', request.uri],
  ]);
  for (const name of ['algorithm', 'opaque']) {
    const value = parameters.get(name);
    if (value !== undefined) answer.set(name, value);
  }
  // A session's key is made of cnonce even where the challenge has no qop.
  const isSession = (parameters.get('algorithm') ?? '').toLowerCase().endsWith('-sess');
  if (qop !== undefined) {
    answer.set('qop', qop);
    answer.set('nc', nonceCount.toString(16).padStart(8, '0'));
  }
  if (qop !== undefined || isSession) answer.set('cnonce', cnonce);
  const response = digestResponse(answer, credentials, request);
  return response === undefined
    ? undefined
    : { scheme: 'Digest', parameters: answer.set('response', response) };
}

/** The answer to the first of several challenges that can be answered. RFC 8760 section 2.4. */
export function answerFirst(
  challenges: readonly Authentication[],
  options: AnswerOptions,
): Authentication | undefined {
  for (const challenge of challenges) {
    const answer = answerChallenge(challenge, options);
    if (answer) return answer;
  }
  return undefined;
}

function words(list: string | undefined): readonly string[] | undefined {
  return list?.split(',').map((each) => each.trim().toLowerCase());
}
