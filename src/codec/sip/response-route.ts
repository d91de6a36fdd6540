import { isIPv4 } from '../../wire/ipv4.ts';
import { headerName } from './header-names.ts';
import { headersOf } from './headers-of.ts';
import type { SipRequest, SipResponse } from './sip-message.ts';
import { parseVia, viaText } from './via.ts';

/** An address and port of the network, `192.0.2.5` and 5060. */
export type SipAddress = { readonly address: string; readonly port: number };

/**
 * Writes where the request really came from into its top Via. RFC 3261 section 18.2.1, RFC 3581
 * section 4. Throws CodecError.
 */
export function withReceived(request: SipRequest, from: SipAddress): SipRequest {
  const at = request.headers.findIndex(({ name }) => headerName(name) === 'via');
  const [top, ...others] = headersOf(request, 'via');
  if (at < 0 || top === undefined) return request;
  const via = parseVia(top);
  const parameters = new Map(via.parameters);
  // Both are ours to say, whatever the sender wrote.
  parameters.delete('received');
  const asksForPort = parameters.has('rport');
  if (asksForPort) parameters.set('rport', String(from.port));
  if (asksForPort || via.host !== from.address) parameters.set('received', from.address);
  const values = [viaText({ ...via, parameters }), ...others];
  const rest = request.headers.filter(({ name }) => headerName(name) !== 'via');
  const headers = rest.toSpliced(at, 0, ...values.map((value) => ({ name: 'Via', value })));
  return { ...request, headers };
}

/**
 * Where a response goes over UDP: RFC 3261 section 18.2.2, RFC 3581 section 4. Undefined where that is
 * no address of one host: what a Via says must not make anybody broadcast. Throws CodecError.
 */
export function responseAddress(response: SipResponse): SipAddress | undefined {
  const via = parseVia(headersOf(response, 'via')[0] ?? '');
  const { parameters } = via;
  const multicast = parameters.get('maddr');
  const address = multicast ?? parameters.get('received') ?? via.host;
  if (!isHost(address)) return undefined;
  const given = multicast === undefined ? parameters.get('rport') : undefined;
  const port = given !== undefined && /^\d{1,5}$/.test(given) ? Number(given) : via.port;
  return { address, port: port !== undefined && port > 0 && port < 65_536 ? port : 5060 };
}

/** Multicast groups and broadcast are none; neither is a name, which nobody here looks up. */
function isHost(address: string): boolean {
  if (address.includes(':')) return !/^\[?(?:ff|::\]?$)/i.test(address);
  const first = Number(address.split('.')[0]);
  return isIPv4(address) && first > 0 && first < 224;
}
