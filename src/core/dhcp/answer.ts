import type { DhcpMessage, DhcpMessageType, DhcpOption } from '../../codec/dhcp/dhcp-message.ts';
import { messageTypeNumber } from '../../codec/dhcp/dhcp-fields.ts';
import { formatIPv4 } from '../../wire/ipv4.ts';
import type { DhcpAsking } from './asking.ts';
import type { Resolved } from './given.ts';
import { code } from './option-codes.ts';
import { numberOption, textOption } from './option-values.ts';

/** A message and where it goes; 255.255.255.255 is the limited broadcast. */
export type DhcpAnswer = {
  readonly message: DhcpMessage;
  readonly to: { readonly address: string; readonly port: number };
  /** The largest IP datagram that the client takes, in octets (RFC 2132 section 9.10). */
  readonly maximumSize?: number;
};

export type Grant = {
  readonly type: 'offer' | 'ack';
  readonly address: number;
  readonly server: number;
  /** Undefined in answers to INFORM, which lease nothing. RFC 2131 section 4.3.5. */
  readonly leaseSeconds: number | undefined;
  readonly given: Resolved;
};

const serverPort = 67;
const clientPort = 68;
const broadcastFlag = 0x8000;
const forEver = 0xffffffff;

/** RFC 2131 section 4.3.1, table 3. */
export function grantAnswer(asking: DhcpAsking, fromPort: number, grant: Grant): DhcpAnswer {
  const { message } = asking;
  const { given, address, type } = grant;
  const reply: DhcpMessage = {
    ...replyTo(message),
    ciaddr: type === 'ack' ? message.ciaddr : 0,
    yiaddr: address,
    siaddr: given.nextServer,
    bootFile: given.bootFile,
    options: grantOptions(asking, grant),
  };
  return { message: reply, to: destination(asking, fromPort), maximumSize: asking.maximumSize };
}

/** RFC 2131 section 4.3.2: to the relay with the broadcast flag set, or to everybody. */
export function refusal(
  asking: DhcpAsking,
  fromPort: number,
  server: number,
  because: string,
): DhcpAnswer {
  const { message } = asking;
  const { giaddr, flags } = message;
  const options = [
    typeOption('nak'),
    numberOption(code.serverIdentifier, server),
    textOption(code.message, because),
    ...echoed(asking),
  ];
  const reply = {
    ...replyTo(message),
    flags: giaddr === 0 ? flags : (flags | broadcastFlag) >>> 0,
    options,
  };
  const to = giaddr === 0 ? everybody : destination(asking, fromPort);
  return { message: reply, to, maximumSize: asking.maximumSize };
}

const everybody = { address: '255.255.255.255', port: clientPort };

/**
 * RFC 2131 section 4.1. A client without an address cannot be reached by unicast from here, because
 * it does not answer ARP: broadcast stands in for it. RFC 8357 section 5: the relay's own port.
 */
function destination({ message, toSourcePort }: DhcpAsking, fromPort: number): DhcpAnswer['to'] {
  const { giaddr, ciaddr } = message;
  if (giaddr !== 0)
    return { address: formatIPv4(giaddr), port: toSourcePort ? fromPort : serverPort };
  if (ciaddr !== 0) return { address: formatIPv4(ciaddr), port: clientPort };
  return everybody;
}

function replyTo(message: DhcpMessage): DhcpMessage {
  const { hardwareType, hardwareLength, transactionId, flags, giaddr, chaddr } = message;
  return {
    ...{ op: 'reply', hardwareType, hardwareLength, hops: 0, transactionId, seconds: 0, flags },
    ...{ ciaddr: 0, yiaddr: 0, siaddr: 0, giaddr, chaddr, serverName: '', bootFile: '' },
    options: [],
  };
}

function typeOption(type: DhcpMessageType): DhcpOption {
  return { code: code.messageType, bytes: Uint8Array.of(messageTypeNumber(type)) };
}

/** Needed ones, those that the client asks for in its order, those that it gets regardless. */
function grantOptions(asking: DhcpAsking, grant: Grant): readonly DhcpOption[] {
  const { given, type, server, leaseSeconds } = grant;
  const needed = [
    typeOption(type),
    numberOption(code.serverIdentifier, server),
    ...timeOptions(leaseSeconds),
  ];
  const end = echoed(asking);
  const { wanted } = asking;
  const codes = wanted ? [...wanted, ...given.regardless] : [...given.options.keys()];
  const done = new Set([...needed, ...end].map((option) => option.code));
  let room = roomFor(asking, given) - lengthOf([...needed, ...end]);
  const chosen: DhcpOption[] = [];
  for (const each of codes) {
    const bytes = given.options.get(each);
    if (!bytes || done.has(each)) continue;
    done.add(each);
    room -= 2 + bytes.length;
    if (room >= 0) chosen.push({ code: each, bytes });
    else room += 2 + bytes.length;
  }
  return [...needed, ...chosen, ...end];
}

/** RFC 2131 section 4.4.5: half and seven eighths of the lease, but for one that lasts for ever. */
function timeOptions(seconds: number | undefined): readonly DhcpOption[] {
  if (seconds === undefined) return [];
  if (seconds >= forEver) return [numberOption(code.leaseTime, forEver)];
  return [
    numberOption(code.leaseTime, seconds),
    numberOption(code.renewalTime, Math.floor(seconds / 2)),
    numberOption(code.rebindingTime, Math.floor((seconds * 7) / 8)),
  ];
}

/** RFC 6842 section 3 and RFC 3046 section 2.2: as they came. */
function echoed({ message, relayInformation }: DhcpAsking): readonly DhcpOption[] {
  const client = message.options.filter((option) => option.code === code.clientIdentifier);
  const relay = relayInformation
    ? [{ code: code.relayAgentInformation, bytes: relayInformation }]
    : [];
  return [...client.slice(0, 1), ...relay];
}

/** Octets for options: the datagram without IP, UDP and fixed fields, and fields that take options. */
function roomFor({ maximumSize }: DhcpAsking, { bootFile }: Resolved): number {
  const spare = (bootFile === '' ? fileRoom : 0) + nameRoom;
  return maximumSize - headers - fixedFields + spare;
}

/** IP and UDP. */
const headers = 28;
/** With the magic cookie, the end option and option 52. */
const fixedFields = 244;
// Options are not cut in two, so that a few octets stay unused at the ends of fields.
const fileRoom = 100;
const nameRoom = 40;

function lengthOf(options: readonly DhcpOption[]): number {
  return options.reduce((sum, { bytes }) => sum + 2 + bytes.length, 0);
}
