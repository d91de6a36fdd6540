import { headerName } from './header-names.ts';
import { headerOf, headersOf, withHeader } from './headers-of.ts';
import type { SipHeader, SipRequest, SipResponse } from './sip-message.ts';
import { parseVia, viaText } from './via.ts';

/** An address and port of the network, `192.0.2.5` and 5060. */
export type SipAddress = { readonly address: string; readonly port: number };

const copied: ReadonlySet<string> = new Set(['via', 'from', 'to', 'call-id', 'cseq']);

export type ResponseParts = {
  readonly status: number;
  readonly reason: string;
  /** For a To that has none yet; not for 100. RFC 3261 section 8.2.6.2. */
  readonly tag?: string;
  readonly headers?: readonly SipHeader[];
  readonly body?: Uint8Array;
};

/** RFC 3261 section 8.2.6. */
export function respond(
  request: SipRequest,
  { status, reason, tag, headers = [], body = new Uint8Array() }: ResponseParts,
): SipResponse {
  const same = request.headers.filter(({ name }) => copied.has(headerName(name)));
  const own = [...headers, { name: 'Content-Length', value: String(body.length) }];
  const response: SipResponse = {
    ...{ kind: 'response', version: 'SIP/2.0', status, reason },
    ...{ headers: [...same, ...own], body },
  };
  const to = headerOf(request, 'to') ?? '';
  const isTagged = /;\s*tag\s*=/i.test(to.slice(to.indexOf('>') + 1));
  if (tag === undefined || isTagged || status === 100) return response;
  return withHeader(response, { name: 'To', value: `${to};tag=${tag}` });
}

/** Writes where the request really came from. RFC 3261 section 18.2.1, RFC 3581 section 4. */
export function withReceived(request: SipRequest, from: SipAddress): SipRequest {
  const at = request.headers.findIndex(({ name }) => headerName(name) === 'via');
  const [top, ...others] = headersOf(request, 'via');
  if (at < 0 || top === undefined) return request;
  const via = parseVia(top);
  const parameters = new Map(via.parameters);
  const asksForPort = parameters.has('rport');
  if (asksForPort) parameters.set('rport', String(from.port));
  if (asksForPort || via.host !== from.address) parameters.set('received', from.address);
  const values = [viaText({ ...via, parameters }), ...others];
  const rest = request.headers.filter(({ name }) => headerName(name) !== 'via');
  const headers = rest.toSpliced(at, 0, ...values.map((value) => ({ name: 'Via', value })));
  return { ...request, headers };
}

/** Where a response goes over UDP. RFC 3261 section 18.2.2, RFC 3581 section 4. */
export function responseAddress(response: SipResponse): SipAddress {
  const via = parseVia(headersOf(response, 'via')[0] ?? '');
  const { parameters } = via;
  const address = parameters.get('maddr') ?? parameters.get('received') ?? via.host;
  const port = Number(parameters.get('rport') ?? via.port ?? 5060);
  return { address, port: Number.isInteger(port) && port > 0 ? port : 5060 };
}
