import type { Finding } from '../../model/finding.ts';
import type { DhcpEvent, OtherServer } from './dhcp-event.ts';

/** What an event means to the operator; `ours` are the TFTP servers that this server gives. */
export function dhcpFindings(event: DhcpEvent, ours: readonly string[]): readonly Finding[] {
  switch (event.kind) {
    case 'other-server':
      return [otherServer(event.other), ...otherTftp(event.other, ours)];
    case 'address-conflict':
      return [addressConflict(event)];
    case 'pool-exhausted':
      return [
        {
          code: 'dhcp-pool-exhausted',
          severity: 'error',
          text: `no address is left in ${event.network}`,
          consequence: 'phones that start now get no address and go on asking',
          cure: 'make the pools larger, or the lease shorter: dhcp, networks in hookflash.yaml',
        },
      ];
    case 'offer-not-taken':
      return [
        {
          code: 'dhcp-offer-not-taken',
          severity: 'warning',
          text: `asked ${event.offers} times for an address and took none of the offers`,
          consequence: 'it does not start, or follows another server',
          cure: 'see whether our answers reach it (VLAN, relay, firewall) and have the options that it needs',
        },
      ];
    case 'network-unknown':
      return [
        {
          code: 'dhcp-network-unknown',
          severity: 'warning',
          text: `a client asks from ${event.address}, which is in no network of hookflash.yaml`,
          consequence: 'it gets no answer',
          cure: 'add its network under dhcp, networks, or keep the relay from asking this server',
        },
      ];
    case 'reservation-held':
      return [
        {
          code: 'dhcp-reservation-held',
          severity: 'note',
          text: `${event.address}, which is reserved for it, is held by another client still`,
          consequence: 'it gets another address until that lease ends',
          cure: 'restart the client that holds it: hookflash dhcp leases shows which',
        },
      ];
  }
}

function otherServer({ server, offered }: OtherServer): Finding {
  const what = offered === undefined ? '' : `, which gives ${offered}`;
  return {
    code: 'dhcp-other-server',
    severity: 'warning',
    text: `another DHCP server answers: ${server}${what}`,
    consequence: 'phones follow whichever server answers first',
    cure: `turn it off in the phones' network, or give it the lines of hookflash dhcp snippet`,
  };
}

function otherTftp(other: OtherServer, ours: readonly string[]): readonly Finding[] {
  const { server } = other;
  const { from, theirs } = tftpOf(other);
  if (theirs[0] === undefined || ours.includes(theirs[0])) return [];
  return [
    {
      code: 'dhcp-other-tftp-server',
      severity: 'error',
      text: `DHCP server ${server} sends phones to ${theirs.join(', ')} for their files (${from})`,
      consequence: 'a phone that takes its address there never asks this server for a file',
      cure: `set option 150 of ${server} to ${ours[0] ?? "this server's address"}, or turn it off`,
    },
  ];
}

type TftpWord = { readonly from: string; readonly theirs: readonly string[] };

/** As phones take it: option 150 before option 66 before siaddr. */
function tftpOf({ tftpServers = [], tftpServerName, nextServer }: OtherServer): TftpWord {
  if (tftpServers.length > 0) return { from: 'option 150', theirs: tftpServers };
  if (tftpServerName !== undefined) return { from: 'option 66', theirs: [tftpServerName] };
  return { from: 'next server', theirs: nextServer === undefined ? [] : [nextServer] };
}

function addressConflict({
  address,
  foundBy,
}: Extract<DhcpEvent, { kind: 'address-conflict' }>): Finding {
  const how =
    foundBy === 'client' ? 'the phone found that it is in use' : 'it answers to an echo request';
  return {
    code: 'address-conflict',
    severity: 'error',
    text: `somebody else uses ${address}: ${how}`,
    consequence: 'the phone gets another address; this one is set aside for a while',
    cure: `find who has ${address} set by hand, or exclude it from the pool`,
  };
}
