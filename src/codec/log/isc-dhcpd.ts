import { parseMac } from '../../wire/mac.ts';
import type { DhcpMessageType } from '../dhcp/dhcp-message.ts';
import type { DhcpFacts } from '../happening.ts';
import { rowReader, serverNote, type LogFormat, type LogRow, type LogWord } from './log-format.ts';

const mac = String.raw`((?:[0-9a-f]{2}:){5}[0-9a-f]{2})`;
const dotted = String.raw`(\d+\.\d+\.\d+\.\d+)`;
const tail = String.raw`(?: \(([^)]*)\))?(?: via ([^\s:]+))?(?::? (.+))?`;

/** Host name, where it came in, and what was wrong. */
type Rest = readonly (string | undefined)[];

const rows: readonly LogRow<undefined>[] = [
  {
    pattern: new RegExp(`^DHCPDISCOVER from ${mac}${tail}$`),
    read: ([, from = '', ...rest]) => said('discover', from, undefined, rest),
  },
  {
    pattern: new RegExp(`^DHCP(OFFER|ACK|NAK) on ${dotted} to ${mac}${tail}$`),
    read: ([, word = '', address, to = '', ...rest]) => said(word, to, address, rest),
  },
  {
    pattern: new RegExp(`^DHCPREQUEST for ${dotted}(?: \\(${dotted}\\))? from ${mac}${tail}$`),
    read: ([, address, server, from = '', ...rest]) => said('request', from, address, rest, server),
  },
  {
    pattern: new RegExp(`^DHCP(RELEASE|DECLINE) of ${dotted} from ${mac}${tail}$`),
    read: ([, word = '', address, from = '', ...rest]) => said(word, from, address, rest),
  },
  {
    pattern: new RegExp(`^DHCPINFORM from ${dotted}(?: via (\\S+?))?(?::? (.+))?$`),
    read: ([, address, , note]) => [
      {
        address,
        happening: {
          kind: 'dhcp',
          dhcp: { message: 'inform', ...addressed(address), ...noted(note) },
        },
      },
    ],
  },
  {
    pattern: new RegExp(`^DHCPACK to ${dotted} \\(${mac}\\)(?: via (\\S+))?$`),
    read: ([, address, to = '']) => said('ack', to, address, []),
  },
  {
    pattern: new RegExp(`^Abandoning IP address ${dotted}: (.*)$`),
    read: ([, address = '']) => [{ happening: { kind: 'address-conflict', address } }],
  },
  {
    needsName: true,
    pattern:
      /no free leases|^(?:No subnet|Can't|Unable|unable|Not configured|bind|failover|uid lease|client |BOOTREQUEST|ICMP Echo reply)/,
    read: (_, __, line) => [serverNote(line.message)],
  },
  // What it says of itself when it starts and ends.
  {
    needsName: true,
    pattern:
      /^(?:Internet Systems|Copyright|All rights|For info|Config file|Database file|PID file|Wrote|Listening on|Sending on|Server starting|[Ll]ease|reuse_lease|Multiple interfaces|\*\*|Open a socket|If you|Not searching|Sent|Received|Both|balanc|peer|Added new|Reclaiming|Remote|this server|send_packet|icmp|shutdown|pool |data:|Solicit|Dynamic and static|BOOTREPLY|dhcpd|$)/,
  },
];

function addressed(address: string | undefined): Partial<DhcpFacts> {
  return address === undefined ? {} : { address };
}

function noted(note: string | undefined): Partial<DhcpFacts> {
  return note === undefined ? {} : { note };
}

function said(
  word: string,
  from: string,
  address: string | undefined,
  [hostName, , note]: Rest,
  server?: string,
): readonly LogWord[] {
  const message = word.toLowerCase() as DhcpMessageType;
  const dhcp: DhcpFacts = {
    message,
    ...(server === undefined ? {} : { server }),
    ...(address === undefined ? {} : { address }),
    ...(hostName === undefined ? {} : { hostName }),
    ...noted(note),
  };
  const has = message === 'ack' || message === 'release';
  const who = has && address !== undefined ? { address } : {};
  return [{ ...who, mac: parseMac(from), happening: { kind: 'dhcp', dhcp } }];
}

/** ISC DHCP 4.4. Its log tells no options. */
export const iscDhcpdLog: LogFormat = {
  id: 'isc-dhcpd',
  title: 'ISC dhcpd',
  programs: /^dhcpd$/,
  reader: () => rowReader(rows, undefined),
};
