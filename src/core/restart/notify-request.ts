import { authenticationText, parseAuthentication } from '../../codec/sip/authentication.ts';
import { composeRequest } from '../../codec/sip/compose-request.ts';
import { answerFirst, type Credentials } from '../../codec/sip/digest.ts';
import { headersOf } from '../../codec/sip/headers-of.ts';
import type { SipPath } from '../../codec/sip/runner.ts';
import type { SipHeader, SipRequest, SipResponse } from '../../codec/sip/sip-message.ts';
import { escapedUser } from '../../codec/sip/sip-uri.ts';
import type { RestartWay } from '../../model/family-restart.ts';
import { CodecError } from '../../wire/codec-error.ts';

/** Where a NOTIFY goes. */
export type NotifyTarget = {
  /** Request-URI: the phone's contact, or its line at a proxy. */
  readonly uri: string;
  /** The line, for To. */
  readonly user: string;
  readonly path: SipPath;
  /** The server's own address that the phone registered at. */
  readonly local?: string | undefined;
};

export type NotifyParts = {
  readonly way: Extract<RestartWay, { kind: 'notify' }>;
  readonly target: NotifyTarget;
  readonly from: { readonly host: string; readonly port: number };
  /** Tokens that no other request has. */
  readonly branch: string;
  readonly tag: string;
  readonly callId: string;
  readonly sequence: number;
  /** User part of From: a proxy may let its own users alone send. */
  readonly sender: string;
  readonly credentials?: SipHeader | undefined;
};

/**
 * NOTIFY outside of a dialog, as phones take it; RFC 6665 section 4.1.3 wants Event and
 * Subscription-State in each.
 */
export function notifyRequest(parts: NotifyParts): SipRequest {
  const { way, target, from, branch, tag, callId, sequence, sender, credentials } = parts;
  const { path, uri } = target;
  const { event, contentType, body } = way;
  const none = new Map<string, string | undefined>();
  const at = `${escapedUser(sender)}@${from.host}`;
  return composeRequest({
    ...{ method: 'NOTIFY', uri, branch, callId, sequence },
    sentBy: { transport: path.transport, ...from },
    asksForPort: path.transport === 'UDP',
    from: { uri: `sip:${at}`, parameters: new Map([['tag', tag]]) },
    to: { uri, parameters: none },
    headers: [
      { name: 'Contact', value: `<sip:${at}:${from.port}>` },
      { name: 'Event', value: event },
      { name: 'Subscription-State', value: 'terminated' },
      ...(credentials ? [credentials] : []),
      ...(contentType === undefined ? [] : [{ name: 'Content-Type', value: contentType }]),
    ],
    ...(body !== undefined && { body: Buffer.from(body, 'latin1') }),
  });
}

/** The header that answers a 401 or 407; undefined where its challenges cannot be answered. */
export function credentialsFor(
  { status, ...response }: SipResponse,
  request: Pick<SipRequest, 'method' | 'uri' | 'body'>,
  credentials: Credentials,
  cnonce: string,
): SipHeader | undefined {
  const isProxy = status === 407;
  const field = isProxy ? 'proxy-authenticate' : 'www-authenticate';
  const challenges = headersOf({ status, ...response }, field).flatMap((value) => {
    try {
      return parseAuthentication(field, value);
    } catch (error) {
      if (error instanceof CodecError) return [];
      throw error;
    }
  });
  const answer = answerFirst(challenges, { credentials, request, nonceCount: 1, cnonce });
  const name = isProxy ? 'Proxy-Authorization' : 'Authorization';
  return answer && { name, value: authenticationText(answer, { isAnswer: true }) };
}
