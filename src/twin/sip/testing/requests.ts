import { peerAddress, phoneAddress } from './sip-trial.ts';

export const offer = [
  ...['v=0', `o=- 1 1 IN IP4 ${peerAddress}`, 's=-', `c=IN IP4 ${peerAddress}`, 't=0 0'],
  ...['m=audio 4000 RTP/AVP 8 0 101', 'a=rtpmap:8 PCMA/8000', 'a=rtpmap:0 PCMU/8000'],
  ...['a=rtpmap:101 telephone-event/8000', 'a=fmtp:101 0-15', 'a=ptime:20', ''],
].join('\r\n');

export type RequestParts = {
  readonly method: string;
  readonly user?: string;
  readonly branch?: string;
  readonly callId?: string;
  readonly sequence?: number;
  readonly from?: string;
  readonly fromTag?: string;
  readonly toTag?: string;
  readonly more?: readonly string[];
  readonly type?: string;
  readonly body?: string;
};

/** A request of the scripted peer to the phone. */
export function requestText(parts: RequestParts): string {
  const { method, user = '205', branch = `${method}1`, callId = 'call1', sequence = 1 } = parts;
  const {
    from = `<sip:300@${peerAddress}>`,
    fromTag = 'caller',
    toTag,
    more = [],
    body = '',
  } = parts;
  const to = toTag === undefined ? '' : `;tag=${toTag}`;
  return [
    `${method} sip:${user}@${phoneAddress}:5060 SIP/2.0`,
    `Via: SIP/2.0/UDP ${peerAddress}:5060;branch=z9hG4bK${branch}`,
    'Max-Forwards: 70',
    `From: ${from};tag=${fromTag}`,
    `To: <sip:${user}@${phoneAddress}>${to}`,
    `Call-ID: ${callId}`,
    `CSeq: ${sequence} ${method}`,
    `Contact: <sip:300@${peerAddress}:5060>`,
    ...more,
    ...(body === '' ? [] : [`Content-Type: ${parts.type ?? 'application/sdp'}`]),
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}
