import type { DhcpMessage, DhcpMessageType, DhcpOption } from '../../../codec/dhcp/dhcp-message.ts';
import { messageTypeNumber } from '../../../codec/dhcp/dhcp-fields.ts';
import { encodeOption } from '../../../codec/dhcp/dhcp-options.ts';
import { ipv4Number } from '../../../wire/ipv4.ts';

/** A client's message in words; addresses are dotted, options are as operators write them. */
export type ClientWords = {
  readonly type: DhcpMessageType;
  /** The last two octets of the MAC 02:00:00:00:…, or the MAC. */
  readonly client?: number | string;
  readonly ciaddr?: string;
  readonly giaddr?: string;
  readonly broadcast?: boolean;
  /** By code. */
  readonly options?: Readonly<Record<number, string | Uint8Array>>;
};

export function clientMessage(words: ClientWords): DhcpMessage {
  const { type, client = 1, ciaddr = '0.0.0.0', giaddr = '0.0.0.0', broadcast } = words;
  const mac = typeof client === 'string' ? client : `02${client.toString(16).padStart(10, '0')}`;
  const chaddr = new Uint8Array(16);
  chaddr.set(Buffer.from(mac, 'hex'));
  const options: DhcpOption[] = Object.entries(words.options ?? {}).map(([key, value]) => {
    const code = Number(key);
    return { code, bytes: typeof value === 'string' ? encodeOption(code, value) : value };
  });
  return {
    ...{ op: 'request', hardwareType: 1, hardwareLength: 6, hops: 0, seconds: 3 },
    ...{ transactionId: 0x39_03_f3_26, flags: broadcast === true ? 0x8000 : 0 },
    ...{ ciaddr: ipv4Number(ciaddr), yiaddr: 0, siaddr: 0, giaddr: ipv4Number(giaddr) },
    ...{ chaddr, serverName: '', bootFile: '' },
    options: [{ code: 53, bytes: Uint8Array.of(messageTypeNumber(type)) }, ...options],
  };
}
