import { address, address4, dhcp, files, seen, server, until } from './explain-observations.ts';
import {
  discover,
  idle,
  other,
  silentHunt,
  third,
  vendor,
  whole,
  type ExplainRow,
} from './explain-row.ts';

export const dhcpRows: readonly ExplainRow[] = [
  {
    name: 'no DHCP server answers',
    first: 'no-dhcp-answer',
    packets: true,
    observed: [discover(0), discover(4), discover(12), until(60)],
  },
  {
    name: 'the pool is used up, by the log',
    first: 'dhcp-pool-empty',
    observed: [0, 4, 12].map((at) =>
      seen(
        at,
        { kind: 'dhcp', dhcp: { message: 'discover', ...vendor } },
        'DHCPDISCOVER(eth0) 00:13:c4:a1:b2:c3 no address available',
      ),
    ),
  },
  {
    name: 'the pool is used up, by a capture',
    first: 'dhcp-pool-empty',
    packets: true,
    observed: [
      ...[other, third].map((who) =>
        dhcp(1, { message: 'ack', address: who.address, ...whole }, who),
      ),
      ...[discover(2), discover(6), discover(14), until(40)],
    ],
  },
  {
    name: 'the address is refused again and again',
    first: 'dhcp-refused',
    observed: [0, 10, 20].flatMap((at) => [
      dhcp(at, { message: 'request', address, ...vendor }),
      dhcp(at + 0.1, { message: 'nak' }),
    ]),
  },
  {
    name: 'a second DHCP server gives no TFTP server',
    first: 'other-dhcp-server',
    packets: true,
    observed: [
      discover(0),
      dhcp(0.1, { message: 'offer', server: '192.0.2.1', address, routers: ['192.0.2.1'] }),
      dhcp(0.2, { message: 'offer', server, address: '192.0.2.60', ...whole }),
      dhcp(0.4, { message: 'ack', server: '192.0.2.1', address, routers: ['192.0.2.1'] }),
      until(120),
    ],
  },
  {
    name: 'neither option 150 nor 66',
    first: 'no-option-150',
    packets: true,
    observed: [...address4(0, {}), until(120)],
  },
  {
    name: 'half an upgrade: it comes back with the loader and DHCP has no option 150',
    first: 'no-option-150',
    packets: true,
    observed: [
      ...files('0 | OS79XX.TXT | sent\n 1 | P003-8-12-00.sbn | sent 130000'),
      ...address4(30, {}),
      until(200),
    ],
  },
  {
    name: 'option 150 for a phone that asks for 66',
    first: 'option-66-expected',
    packets: true,
    observed: [...address4(0, { tftpServers: [server] }, [1, 3, 6, 66]), until(120)],
  },
  {
    name: 'option 66 for a phone that asks for 150',
    first: 'option-150-expected',
    packets: true,
    observed: [...address4(0, { tftpServerName: server }, [1, 3, 6, 150]), until(120)],
  },
  {
    name: 'option 66 is a name and nothing else is there',
    first: 'option-150-expected',
    packets: true,
    observed: [...address4(0, { tftpServerName: 'tftp.example' }), until(120)],
  },
  {
    name: 'next-server is the DHCP server, which has no TFTP',
    first: 'wrong-next-server',
    packets: true,
    observed: [
      ...address4(0, { nextServer: '192.0.2.1' }),
      ...files(silentHunt, undefined, '192.0.2.1'),
      until(120),
    ],
  },
  {
    name: 'option 150 names another machine than the one that serves the others',
    first: 'wrong-next-server',
    packets: true,
    observed: [
      ...files('1 | SEP<MAC>.cnf.xml | sent', other),
      ...address4(0, { tftpServers: ['192.0.2.99'] }),
      ...files(silentHunt, undefined, '192.0.2.99'),
      until(120),
    ],
  },
  {
    name: 'next-server alone and no file asked for',
    first: 'wrong-next-server',
    packets: true,
    observed: [...address4(0, { nextServer: '192.0.2.1' }), until(120)],
  },
  {
    name: 'somebody else answers for its address',
    first: 'address-conflict',
    packets: true,
    observed: [
      ...address4(0, whole),
      seen(1, { kind: 'address-conflict', address }, `ARP ${address} is at 02:00:00:00:00:99`),
      ...files(idle),
    ],
  },
  {
    name: 'it declines its address',
    first: 'address-conflict',
    observed: [
      ...address4(0, whole),
      dhcp(1, { message: 'decline', address }),
      ...address4(12, whole),
    ],
  },
  {
    name: 'it has all that it needs and asks for no file',
    first: 'no-file-asked',
    packets: true,
    observed: [...address4(0, whole), until(180)],
  },
];
