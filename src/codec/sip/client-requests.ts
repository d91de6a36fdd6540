import { parseCSeq } from './cseq.ts';
import { headerName } from './header-names.ts';
import { headerOf, headersOf } from './headers-of.ts';
import { parseNameAddr } from './name-addr.ts';
import type { SipHeader, SipRequest, SipResponse } from './sip-message.ts';

/** The ACK that belongs to the transaction: for all but 2xx. RFC 3261 section 17.1.1.3. */
export function acknowledgement(invite: SipRequest, response: SipResponse): SipRequest {
  const to = headerOf(response, 'to') ?? headerOf(invite, 'to') ?? '';
  return derived(invite, 'ACK', [{ name: 'To', value: to }]);
}

/** Throws CodecError. RFC 3261 section 9.1. */
export function cancelRequest(invite: SipRequest): SipRequest {
  return derived(invite, 'CANCEL', sameHeaders(invite, 'to'));
}

function derived(invite: SipRequest, method: string, to: readonly SipHeader[]): SipRequest {
  const [via = ''] = headersOf(invite, 'via');
  const { number } = parseCSeq(headerOf(invite, 'cseq') ?? '');
  const headers = [
    { name: 'Via', value: via },
    ...sameHeaders(invite, 'route'),
    { name: 'Max-Forwards', value: '70' },
    ...sameHeaders(invite, 'from'),
    ...to,
    ...sameHeaders(invite, 'call-id'),
    { name: 'CSeq', value: `${number} ${method}` },
  ];
  return { ...invite, method, headers, body: new Uint8Array() };
}

/**
 * The ACK to a 2xx, which is a request of its own: to the Contact of the answer, along its
 * Record-Route turned round. `via` has a new branch. RFC 3261 sections 12.1.2 and 13.2.2.4. Throws
 * CodecError.
 */
export function acknowledgeSuccess(
  invite: SipRequest,
  response: SipResponse,
  via: string,
): SipRequest {
  const { number } = parseCSeq(headerOf(invite, 'cseq') ?? '');
  const [contact] = headersOf(response, 'contact');
  const route = headersOf(response, 'record-route').toReversed();
  const headers = [
    { name: 'Via', value: via },
    ...route.map((value) => ({ name: 'Route', value })),
    { name: 'Max-Forwards', value: '70' },
    ...sameHeaders(invite, 'from'),
    { name: 'To', value: headerOf(response, 'to') ?? '' },
    ...sameHeaders(invite, 'call-id'),
    { name: 'CSeq', value: `${number} ACK` },
  ];
  const uri = contact === undefined ? invite.uri : parseNameAddr('contact', contact).uri;
  return { ...invite, method: 'ACK', uri, headers, body: new Uint8Array() };
}

function sameHeaders(message: SipRequest, name: string): readonly SipHeader[] {
  return message.headers.filter((header) => headerName(header.name) === name);
}
