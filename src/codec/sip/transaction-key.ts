import { parseCSeq } from './cseq.ts';
import { headerOf, headersOf } from './headers-of.ts';
import { tagOf } from './name-addr.ts';
import type { SipMessage, SipRequest } from './sip-message.ts';
import { magicCookie, parseVia } from './via.ts';

/**
 * What a request of the same server transaction has in common with this one; an ACK is of its
 * INVITE's. RFC 3261 section 17.2.3. Throws CodecError.
 */
export function serverKey(request: SipRequest): string {
  return keyFor(request, request.method === 'ACK' ? 'INVITE' : request.method);
}

/** That of the transaction which this CANCEL is for. RFC 3261 section 9.2. Throws CodecError. */
export function cancelledKey(request: SipRequest): string {
  return keyFor(request, 'INVITE');
}

function keyFor(request: SipRequest, method: string): string {
  const [top = ''] = headersOf(request, 'via');
  const via = parseVia(top);
  const branch = via.parameters.get('branch') ?? '';
  const sentBy = `${via.host}:${via.port ?? ''}`;
  // The cookie alone says nothing: RFC 4475 section 3.2.1.
  if (
    branch.toLowerCase().startsWith(magicCookie.toLowerCase()) &&
    branch.length > magicCookie.length
  )
    return joined(branch, sentBy, method);
  // Of RFC 2543, whose branches are not unique.
  return joined(request.uri, top, callKey(request), method);
}

/**
 * What all copies of a request have in common that came on different ways, and an ACK to a 2xx with
 * its INVITE. RFC 3261 sections 8.2.2.2 and 13.3.1.4. Throws CodecError.
 */
export function callKey(request: SipRequest): string {
  const { number } = parseCSeq(headerOf(request, 'cseq') ?? '');
  const tag = tagOf('from', headerOf(request, 'from') ?? '') ?? '';
  const method = request.method === 'ACK' ? 'INVITE' : request.method;
  return joined(headerOf(request, 'call-id') ?? '', tag, String(number), method);
}

/** What a response and its request have in common. RFC 3261 section 17.1.3. Throws CodecError. */
export function clientKey(message: SipMessage): string {
  const [top = ''] = headersOf(message, 'via');
  const { method } = parseCSeq(headerOf(message, 'cseq') ?? '');
  return joined(parseVia(top).parameters.get('branch') ?? '', method);
}

/** No header holds a line feed. */
function joined(...parts: readonly string[]): string {
  return parts.join('\n');
}
