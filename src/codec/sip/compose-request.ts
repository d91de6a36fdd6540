import { nameAddrText, type NameAddr } from './name-addr.ts';
import type { SipHeader, SipRequest } from './sip-message.ts';
import { magicCookie, viaText } from './via.ts';

/** What a request outside of a dialog is made of. RFC 3261 section 8.1.1. */
export type RequestParts = {
  readonly method: string;
  readonly uri: string;
  /** Where answers come to. */
  readonly sentBy: {
    readonly transport: 'UDP' | 'TCP';
    readonly host: string;
    readonly port: number;
  };
  /** A token that no other transaction has; the magic cookie is put before it. */
  readonly branch: string;
  /** With its `tag` among its parameters. */
  readonly from: NameAddr;
  readonly to: NameAddr;
  readonly callId: string;
  readonly sequence: number;
  /** Whether answers shall go to the port that the request comes from. RFC 3581. */
  readonly asksForPort?: boolean;
  readonly headers?: readonly SipHeader[];
  readonly body?: Uint8Array;
};

export function composeRequest(parts: RequestParts): SipRequest {
  const { method, uri, sentBy, branch, from, to, callId, sequence, asksForPort = false } = parts;
  const parameters = new Map<string, string | undefined>([['branch', `${magicCookie}${branch}`]]);
  if (asksForPort) parameters.set('rport', undefined);
  const headers = [
    { name: 'Via', value: viaText({ protocol: 'SIP/2.0', ...sentBy, parameters }) },
    { name: 'Max-Forwards', value: '70' },
    { name: 'From', value: nameAddrText(from) },
    { name: 'To', value: nameAddrText(to) },
    { name: 'Call-ID', value: callId },
    { name: 'CSeq', value: `${sequence} ${method}` },
    ...(parts.headers ?? []),
  ];
  const { body = new Uint8Array() } = parts;
  return { kind: 'request', method, uri, version: 'SIP/2.0', headers, body };
}
