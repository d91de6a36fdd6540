import {
  authenticationText,
  parseAuthentication,
  type Authentication,
} from '../../codec/sip/authentication.ts';
import { answerFirst, type Credentials } from '../../codec/sip/digest.ts';
import { headersOf } from '../../codec/sip/headers-of.ts';
import type { SipHeader, SipRequest, SipResponse } from '../../codec/sip/sip-message.ts';
import { ifReadable } from '../../wire/if-readable.ts';

type Known = {
  readonly challenge: Authentication;
  readonly header: 'Authorization' | 'Proxy-Authorization';
  count: number;
};

/** The last challenge of a line's proxy, which its next requests answer too. */
export type DigestMemory = {
  /** Keeps what a 401 or 407 asks; false where this phone cannot answer it. */
  learn(response: SipResponse): boolean;
  /** Whether a challenge asks again only because its nonce was too old. */
  isStale(response: SipResponse): boolean;
  header(request: SipRequest): readonly SipHeader[];
  forget(): void;
};

export function digestMemory(credentials: Credentials, newCnonce: () => string): DigestMemory {
  let known: Known | undefined;

  function headersFor({ method, uri, body }: SipRequest): readonly SipHeader[] {
    if (known === undefined) return [];
    known.count++;
    const answer = answerFirst([known.challenge], {
      ...{ credentials, request: { method, uri, body } },
      ...{ nonceCount: known.count, cnonce: newCnonce() },
    });
    if (answer === undefined) return [];
    return [{ name: known.header, value: authenticationText(answer, { isAnswer: true }) }];
  }

  return {
    learn(response) {
      const challenge = challengesOf(response).find(isMd5);
      if (challenge === undefined || credentials.username === '') return false;
      const header = response.status === 407 ? 'Proxy-Authorization' : 'Authorization';
      known = { challenge, header, count: 0 };
      return true;
    },
    isStale: (response) =>
      challengesOf(response).some(
        ({ parameters }) => parameters.get('stale')?.toLowerCase() === 'true',
      ),
    header: headersFor,
    forget: () => void (known = undefined),
  };
}

/** These phones know RFC 2617, which has no other algorithm. */
function isMd5({ scheme, parameters }: Authentication): boolean {
  const algorithm = parameters.get('algorithm')?.toLowerCase() ?? 'md5';
  return scheme.toLowerCase() === 'digest' && (algorithm === 'md5' || algorithm === 'md5-sess');
}

function challengesOf(response: SipResponse): readonly Authentication[] {
  const name = response.status === 407 ? 'proxy-authenticate' : 'www-authenticate';
  return headersOf(response, name).flatMap((value) => {
    return ifReadable(() => parseAuthentication(name, value)) ?? [];
  });
}
