import { addressesOption, numberOption, textOption } from '../../codec/dhcp/dhcp-fields.ts';
import type { DhcpMessage } from '../../codec/dhcp/dhcp-message.ts';
import { formatIPv4, isIPv4 } from '../../wire/ipv4.ts';
import type { DhcpSpeech, TftpSource, TwinDhcp } from './dhcp-speech.ts';

/** What DHCP gave the phone. Times in milliseconds since the epoch. */
export type DhcpLease = {
  readonly address: string;
  readonly server: string;
  /** The ACK, with what only some phones look for. */
  readonly message: DhcpMessage;
  readonly tftp?: { readonly address: string; readonly from: TftpSource };
  readonly routers: readonly string[];
  readonly dnsServers: readonly string[];
  readonly ntpServers: readonly string[];
  readonly domain?: string;
  readonly leaseSeconds: number;
  /** T1: the server is asked for more time. RFC 2131 section 4.4.5. */
  readonly renewAt: number;
  /** T2: any server is asked. */
  readonly rebindAt: number;
  readonly expiresAt: number;
};

const forEver = 0xffffffff;

/** What an ACK that came at `now` gives; `sentAt` is when it was asked for. */
export async function leaseOf(
  ack: DhcpMessage,
  sentAt: number,
  speech: DhcpSpeech,
  dhcp: TwinDhcp,
): Promise<DhcpLease> {
  const leaseSeconds = numberOption(ack, 51) ?? forEver;
  const at = (seconds: number) => (leaseSeconds === forEver ? Infinity : sentAt + seconds * 1000);
  const domain = textOption(ack, 15);
  const tftp = await tftpServer(ack, speech, dhcp);
  return {
    address: formatIPv4(ack.yiaddr === 0 ? ack.ciaddr : ack.yiaddr),
    server: serverOf(ack),
    message: ack,
    ...(tftp && { tftp }),
    routers: addresses(ack, 3),
    dnsServers: addresses(ack, 6),
    ntpServers: addresses(ack, 42),
    ...(domain !== undefined && { domain }),
    leaseSeconds,
    renewAt: at(numberOption(ack, 58) ?? leaseSeconds / 2),
    rebindAt: at(numberOption(ack, 59) ?? (leaseSeconds * 7) / 8),
    expiresAt: at(leaseSeconds),
  };
}

/** Its identifier, or `0.0.0.0` where a server leaves that out. */
export function serverOf(message: DhcpMessage): string {
  return formatIPv4(numberOption(message, 54) ?? 0);
}

async function tftpServer(
  ack: DhcpMessage,
  speech: DhcpSpeech,
  dhcp: TwinDhcp,
): Promise<DhcpLease['tftp']> {
  for (const from of speech.tftpFrom) {
    if (dhcp.ignores?.includes(from) === true) continue;
    const address = await addressFrom(from, ack, speech, dhcp);
    if (address !== undefined) return { address, from };
  }
  return undefined;
}

async function addressFrom(
  from: TftpSource,
  ack: DhcpMessage,
  { tftpName }: DhcpSpeech,
  dhcp: TwinDhcp,
): Promise<string | undefined> {
  switch (from) {
    case 'option-150':
      return addresses(ack, 150)[0];
    case 'option-66':
      return named(textOption(ack, 66), ack, dhcp);
    case 'siaddr':
      return ack.siaddr === 0 ? undefined : formatIPv4(ack.siaddr);
    case 'name':
      return named(tftpName, ack, dhcp);
  }
}

/** An address as it stands; anything else is looked up. */
async function named(
  name: string | undefined,
  ack: DhcpMessage,
  { resolve }: TwinDhcp,
): Promise<string | undefined> {
  if (name === undefined || name === '') return undefined;
  if (isIPv4(name)) return name;
  const domain = textOption(ack, 15) ?? '';
  const whole = name.includes('.') || domain === '' ? name : `${name}.${domain}`;
  return resolve?.(whole, addresses(ack, 6));
}

function addresses(message: DhcpMessage, code: number): readonly string[] {
  return addressesOption(message, code).map(formatIPv4);
}
