import { chaddrOf, messageTypeNumber } from '../../codec/dhcp/dhcp-fields.ts';
import type { DhcpMessage, DhcpMessageType, DhcpOption } from '../../codec/dhcp/dhcp-message.ts';
import { emptyMessage } from '../../codec/dhcp/empty-message.ts';
import { relaySuboptions, serializeRelayInformation } from '../../codec/dhcp/relay-information.ts';
import type { Mac } from '../../wire/mac.ts';
import { ipv4Number } from '../../wire/ipv4.ts';
import type { DhcpSpeech } from './dhcp-speech.ts';

export type DhcpRequestParts = {
  readonly mac: Mac;
  readonly speech: DhcpSpeech;
  readonly type: DhcpMessageType;
  readonly transactionId: number;
  /** Since the phone began to ask. */
  readonly seconds: number;
  /** Option 50: offered, or held before. */
  readonly requested?: string;
  /** Option 54. */
  readonly server?: string;
  /** The address that it uses. */
  readonly client?: string;
  /** Why it declines. */
  readonly reason?: string;
};

const broadcastFlag = 0x8000;

/** Options in the order of a CP-7911G's DISCOVER: flan/staticdhcpd, its tracker on GitHub. */
export function dhcpRequest(parts: DhcpRequestParts): DhcpMessage {
  const { mac, speech, type, requested, server, client, reason } = parts;
  const isAsking = type === 'discover' || type === 'request';
  const text = (code: number, value: string) => [{ code, bytes: Buffer.from(value, 'latin1') }];
  const address = (code: number, value: string | undefined) =>
    value === undefined ? [] : [{ code, bytes: addressBytes(value) }];
  return {
    ...emptyMessage,
    transactionId: parts.transactionId,
    seconds: Math.min(parts.seconds, 0xffff),
    flags: client === undefined && isAsking ? broadcastFlag : 0,
    ciaddr: client === undefined ? 0 : ipv4Number(client),
    chaddr: chaddrOf(mac),
    options: [
      { code: 53, bytes: Uint8Array.of(messageTypeNumber(type)) },
      { code: 61, bytes: Buffer.from(`01${mac}`, 'hex') },
      ...address(50, requested),
      ...address(54, server),
      ...(isAsking && speech.hostName !== undefined ? text(12, speech.hostName) : []),
      ...(isAsking ? text(60, `${speech.vendorClass}\0`) : []),
      ...(isAsking ? [{ code: 55, bytes: Uint8Array.from(speech.asksFor) }] : []),
      ...(reason === undefined ? [] : text(56, reason)),
    ],
  };
}

/**
 * As a relay agent sends it on. From a port other than 67 it has to say that answers belong there:
 * RFC 8357 section 5.
 */
export function relayed(message: DhcpMessage, relay: string, port: number): DhcpMessage {
  const own = port === 67 ? [] : [{ code: relaySuboptions.sourcePort, bytes: new Uint8Array() }];
  const circuit: DhcpOption = { code: relaySuboptions.circuitId, bytes: Buffer.from('twin') };
  const information = { code: 82, bytes: serializeRelayInformation([circuit, ...own]) };
  return {
    ...message,
    hops: message.hops + 1,
    giaddr: ipv4Number(relay),
    options: [...message.options, information],
  };
}

function addressBytes(address: string): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, ipv4Number(address));
  return bytes;
}
