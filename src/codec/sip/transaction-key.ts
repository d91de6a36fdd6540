import { parseCSeq } from './cseq.ts';
import { headerOf, headersOf } from './headers-of.ts';
import { parseNameAddr } from './name-addr.ts';
import type { SipMessage, SipRequest } from './sip-message.ts';
import { magicCookie, parseVia } from './via.ts';

/**
 * What a request of the same server transaction has in common with this one; an ACK is of its
 * INVITE's. RFC 3261 section 17.2.3. Throws CodecError.
 */
export function serverKey(request: SipRequest): string {
  const [top = ''] = headersOf(request, 'via');
  const via = parseVia(top);
  const method = request.method === 'ACK' ? 'INVITE' : request.method;
  const branch = via.parameters.get('branch') ?? '';
  const sentBy = `${via.host}:${via.port ?? ''}`;
  if (branch.toLowerCase().startsWith(magicCookie.toLowerCase()))
    return [branch, sentBy, method].join(' ');
  // Of RFC 2543, whose branches are not unique.
  const { number } = parseCSeq(headerOf(request, 'cseq') ?? '');
  const from = parseNameAddr('from', headerOf(request, 'from') ?? '').parameters.get('tag') ?? '';
  const callId = headerOf(request, 'call-id') ?? '';
  return [request.uri, from, callId, number, method, top].join(' ');
}

/** What a response and its request have in common. RFC 3261 section 17.1.3. Throws CodecError. */
export function clientKey(message: SipMessage): string {
  const [top = ''] = headersOf(message, 'via');
  const { method } = parseCSeq(headerOf(message, 'cseq') ?? '');
  return [parseVia(top).parameters.get('branch') ?? '', method].join(' ');
}
