import {
  addressesOption,
  addressOption,
  hostNameOf,
  macOf,
  messageTypeOf,
  parameterListOf,
  textOption,
  vendorClassOf,
} from '../../../codec/dhcp/dhcp-fields.ts';
import type { DhcpMessage } from '../../../codec/dhcp/dhcp-message.ts';
import { parseDhcp } from '../../../codec/dhcp/parse-dhcp.ts';
import type { DhcpFacts } from '../../../model/observation.ts';
import { formatIPv4 } from '../../../wire/ipv4.ts';
import { packetLine, type WirePacket, type WireSaying } from './wire-packet.ts';

export const dhcpPorts: ReadonlySet<number> = new Set([67, 68]);

type Seen = { readonly at: number; readonly relayed: boolean };

const mostSeen = 4096;
/** The same message on its way through a relay agent is seen twice within this. */
const relayMs = 2000;

/** Reads DHCP messages; throws CodecError. What a relay agent passes on is said once. */
export function observeDhcp(): (packet: WirePacket) => readonly WireSaying[] {
  const seen = new Map<string, Seen>();

  function isRepeated(message: DhcpMessage, type: string, at: number): boolean {
    const key = `${message.transactionId} ${type} ${message.op}`;
    const relayed = message.giaddr !== 0;
    const before = seen.get(key);
    seen.delete(key);
    seen.set(key, { at, relayed });
    const [oldest] = seen.keys();
    if (seen.size > mostSeen && oldest !== undefined) seen.delete(oldest);
    return before !== undefined && before.relayed !== relayed && at - before.at <= relayMs;
  }

  return (packet) => {
    const message = parseDhcp(packet.payload);
    const type = messageTypeOf(message);
    if (type === undefined || isRepeated(message, type, packet.at)) return [];
    const dhcp = dhcpFacts(message, packet.source);
    const { number, at } = packet;
    const address = phoneAddress(message, dhcp);
    const words = `DHCP ${type}${dhcp.address === undefined ? '' : ` ${dhcp.address}`}`;
    const text = packetLine(packet, words);
    return [{ number, at, address, mac: macOf(message), happening: { kind: 'dhcp', dhcp }, text }];
  };
}

/** What the phone has, or has from now on. */
function phoneAddress(message: DhcpMessage, { message: type }: DhcpFacts): string | undefined {
  if (type === 'ack' && message.yiaddr !== 0) return formatIPv4(message.yiaddr);
  return message.ciaddr === 0 ? undefined : formatIPv4(message.ciaddr);
}

/** The sender's address stands for the server where it does not name itself. */
export function dhcpFacts(message: DhcpMessage, source: string): DhcpFacts {
  const type = messageTypeOf(message) ?? 'discover';
  const named = addressOption(message, 54);
  const server = named === undefined ? undefined : formatIPv4(named);
  const isReply = message.op === 'reply';
  const options = message.options.map(({ code }) => code);
  const facts = {
    server: server ?? (isReply && source !== '0.0.0.0' ? source : undefined),
    address: aboutAddress(message),
    vendorClass: isReply ? undefined : vendorClassOf(message),
    hostName: hostNameOf(message),
    asksFor: listOf(parameterListOf(message)),
    ...(isReply ? givenBy(message) : {}),
    leaseSeconds: addressOption(message, 51),
    note: textOption(message, 56),
  };
  return { message: type, ...defined(facts), options };
}

function givenBy(message: DhcpMessage) {
  return {
    tftpServers: dottedList(message, 150),
    tftpServerName: firstText(message, 66) ?? nonEmpty(message.serverName),
    nextServer: dotted(message.siaddr),
    bootFile: firstText(message, 67) ?? nonEmpty(message.bootFile),
    routers: dottedList(message, 3),
    ntpServers: dottedList(message, 42),
  };
}

/** Offered, asked for, or the client's own. */
function aboutAddress(message: DhcpMessage): string | undefined {
  return (
    dotted(message.yiaddr) ?? dotted(addressOption(message, 50) ?? 0) ?? dotted(message.ciaddr)
  );
}

function dotted(address: number): string | undefined {
  return address === 0 ? undefined : formatIPv4(address);
}

function dottedList(message: DhcpMessage, code: number): readonly string[] | undefined {
  const addresses = addressesOption(message, code);
  return addresses.length === 0 ? undefined : addresses.map(formatIPv4);
}

function listOf(bytes: Uint8Array | undefined): readonly number[] | undefined {
  return bytes === undefined ? undefined : [...bytes];
}

function nonEmpty(text: string): string | undefined {
  return text === '' ? undefined : text;
}

/** Some servers send an option twice, which RFC 3396 joins: the first is meant. */
function firstText(message: DhcpMessage, code: number): string | undefined {
  return nonEmpty((textOption(message, code) ?? '').replace(/\0.*$/s, ''));
}

/** Without what is undefined, so that JSON and comparisons see only what was said. */
function defined<T extends object>(facts: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const said = Object.entries(facts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as { [K in keyof T]: Exclude<T[K], undefined> };
}
