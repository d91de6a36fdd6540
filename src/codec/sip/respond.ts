import { ifReadable } from '../../wire/if-readable.ts';
import { headerName } from './header-names.ts';
import { headerOf, withHeader } from './headers-of.ts';
import { tagOf } from './name-addr.ts';
import type { SipHeader, SipRequest, SipResponse } from './sip-message.ts';

const copied: ReadonlySet<string> = new Set(['via', 'from', 'to', 'call-id', 'cseq']);
/** Requests whose answer begins a dialog. RFC 3261 section 12.1.1, RFC 6665 section 4.4.1. */
const beginDialogs: ReadonlySet<string> = new Set(['INVITE', 'SUBSCRIBE', 'REFER']);

export type ResponseParts = {
  readonly status: number;
  readonly reason: string;
  /** For a To that has none yet; not for 100. RFC 3261 section 8.2.6.2. */
  readonly tag?: string;
  readonly headers?: readonly SipHeader[];
  readonly body?: Uint8Array;
};

/** Also for a request with faults: what can be copied is. RFC 3261 section 8.2.6. */
export function respond(
  request: SipRequest,
  { status, reason, tag, headers = [], body = new Uint8Array() }: ResponseParts,
): SipResponse {
  const isRouted = beginDialogs.has(request.method) && status > 100 && status < 300;
  const same = request.headers.filter(({ name }) => {
    const field = headerName(name);
    return copied.has(field) || (isRouted && field === 'record-route');
  });
  const own = [...headers, { name: 'Content-Length', value: String(body.length) }];
  const response: SipResponse = {
    ...{ kind: 'response', version: 'SIP/2.0', status, reason },
    ...{ headers: [...same, ...own], body },
  };
  const to = headerOf(request, 'to');
  if (tag === undefined || to === undefined || status === 100 || isTagged(to)) return response;
  return withHeader(response, { name: 'To', value: `${to};tag=${tag}` });
}

function isTagged(to: string): boolean {
  return ifReadable(() => tagOf('to', to) !== undefined) ?? false;
}
