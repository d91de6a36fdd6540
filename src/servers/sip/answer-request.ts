import { createHash } from 'node:crypto';
import { headerOf, headersOf } from '../../codec/sip/headers-of.ts';
import type { ResponseParts } from '../../codec/sip/respond.ts';
import type { SipHeader, SipRequest } from '../../codec/sip/sip-message.ts';
import type { SipAbilities } from '../../codec/sip/sip-problem.ts';
import { parseSipUri, unescaped } from '../../codec/sip/sip-uri.ts';
import { utf8Text } from '../../codec/sip/sip-text.ts';
import { maxForwardsOf } from '../../codec/sip/typed-headers.ts';
import { parseVia } from '../../codec/sip/via.ts';

const methods = ['REGISTER', 'OPTIONS', 'INVITE', 'CANCEL', 'ACK'] as const;

/** Calls are read so that they can be refused with the right reason. */
export const abilities: SipAbilities = {
  role: 'registrar',
  methods,
  extensions: [],
  mostBodyBytes: 60_000,
  mostUriLength: 2048,
};

const allow: SipHeader = { name: 'Allow', value: methods.join(', ') };

/**
 * What is answered to anything but REGISTER: this is no proxy, so that a call finds nobody. 404 for a
 * line that nobody has, 480 for one that is known. Undefined for what is not answered.
 */
export async function answerRequest(
  request: SipRequest,
  knows: (user: string) => Promise<boolean>,
): Promise<ResponseParts | undefined> {
  const { method } = request;
  if (method === 'ACK') return undefined;
  if (method === 'CANCEL') return { status: 481, reason: 'Call/Transaction Does Not Exist' };
  const user = userOf(request.uri);
  if (method === 'INVITE' && maxForwardsOf(request) === 0)
    return { status: 483, reason: 'Too Many Hops' };
  if (user !== undefined && !(await knows(user))) return { status: 404, reason: 'Not Found' };
  if (method === 'OPTIONS')
    return { status: 200, reason: 'OK', headers: [allow, ...optionsHeaders] };
  if (user === undefined) return { status: 404, reason: 'Not Found' };
  const headers = [warning];
  return { status: 480, reason: 'Temporarily Unavailable', headers };
}

const optionsHeaders: readonly SipHeader[] = [
  { name: 'Accept', value: 'application/sdp' },
  { name: 'Accept-Encoding', value: 'identity' },
  { name: 'Accept-Language', value: 'en' },
  { name: 'Supported', value: '' },
];

const warning: SipHeader = {
  name: 'Warning',
  value: '399 hookflash "this server registers phones and carries no calls"',
};

function userOf(uri: string): string | undefined {
  const { user } = parseSipUri(uri);
  return user === undefined ? undefined : utf8Text(unescaped(user));
}

/** RFC 3261 section 16.3, item 4: it has been here before. `own` are our addresses with ports. */
export function isLoop(request: SipRequest, own: string): boolean {
  return headersOf(request, 'via').some((value) => {
    const { host, port = 5060 } = parseVia(value);
    return `${host}:${port}` === own;
  });
}

/**
 * The tag of an answer of which nothing is kept: the same for a request that comes again. RFC 3261
 * section 8.2.7.
 */
export function statelessTag(request: SipRequest): string {
  const parts = ['via', 'from', 'call-id', 'cseq'].map((name) => headerOf(request, name) ?? '');
  return createHash('sha256').update(parts.join('\n'), 'latin1').digest('hex').slice(0, 16);
}
