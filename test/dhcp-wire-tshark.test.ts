import assert from 'node:assert/strict';
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DhcpMessage } from '../src/codec/dhcp/dhcp-message.ts';
import { parseDhcp } from '../src/codec/dhcp/parse-dhcp.ts';
import { serializeDhcp } from '../src/codec/dhcp/serialize-dhcp.ts';
import { addressOption, clientMessage, typeOf } from '../src/servers/dhcp/testing/messages.ts';
import { ipv4Number } from '../src/wire/ipv4.ts';
import { makeDhcpSite, serveDhcp } from './dhcp-site.ts';
import { temporaryFolder } from './hookflash-process.ts';
import { capture } from './network-namespaces.ts';
import { requirePeer } from './peers.ts';

/** Every message that the server sends, caught on the wire and read by a program of others. */

const section = `
  tftp: 192.0.2.1, 198.51.100.7
  dns: 192.0.2.53
  ntp: 192.0.2.1
  domain: phones.example
  time_offset: +1h
  options:
    43: hex 0104c0000201
    121: hex 18c63364c0000201
    128: text VLAN-A:7.
  networks:
    192.0.2.0/24:
      pools: 192.0.2.100-192.0.2.199
      routers: 192.0.2.1
      boot_file: boot.ipxe
`;

const sender = fileURLToPath(new URL('dhcp-sender.ts', import.meta.url));
const codes = [1, 2, 3, 6, 12, 15, 42, 43, 51, 54, 58, 59, 66, 67, 121, 128, 150];
const wanted = { code: 55, bytes: Uint8Array.from(codes) };
const phone = { code: 60, bytes: Buffer.from('Cisco Systems, Inc. IP Phone CP-7960G\0', 'latin1') };
const server = ipv4Number('192.0.2.1');
const address = ipv4Number('192.0.2.100');
/** From the server's address to everybody, from port 67 to port 67. */
const probe = Buffer.from('c0000201ffffffff00430043', 'hex');
const everyone = '255.255.255.255:67';

/** With the options that phones send. */
function asked(message: DhcpMessage, ...options: DhcpMessage['options'][number][]): DhcpMessage {
  return { ...message, options: [...message.options, phone, wanted, ...options] };
}

test('tshark finds nothing malformed or odd in anything that the server sends', async (t) => {
  const program = requirePeer(t, 'tshark');
  const site = requirePeer(t, 'tcpdump') === undefined ? undefined : await makeDhcpSite(t, section);
  if (!site || program === undefined) return;
  const { client } = site;
  const file = join(await temporaryFolder(t), 'dhcp.pcap');
  const caught = await capture(client, 'eth0', file, 'udp port 67 or udp port 68');
  await serveDhcp(t, site);
  const send = async (port: number, to: string, message: DhcpMessage) => {
    const words = [`${port}`, `${to}=${Buffer.from(serializeDhcp(message)).toString('hex')}`];
    const { out, err } = await client.run([realpathSync(process.execPath), sender, ...words]);
    assert.notEqual(out, '', `no answer to ${typeOf(message) ?? ''} ${err}`);
    return typeOf(parseDhcp(Buffer.from(out.split('\n')[0] ?? '', 'hex')));
  };

  // Addressed from the start, so that the kernel sends what the sender says.
  client.ip('address', 'add', '192.0.2.100/24', 'dev', 'eth0');
  client.ip('route', 'add', '255.255.255.255', 'dev', 'eth0');
  const chosen = [addressOption(54, server), addressOption(50, address)];
  const relay = { hops: 1, giaddr: ipv4Number('192.0.2.100') };
  const circuit = { code: 82, bytes: Uint8Array.of(1, 2, 0, 7, 2, 6, 2, 0, 0, 0, 0, 9) };
  const answers = [
    await send(68, everyone, asked(clientMessage('discover', 1))),
    await send(68, everyone, asked(clientMessage('request', 1), ...chosen)),
    await send(68, '192.0.2.1:67', asked(clientMessage('request', 1, { ciaddr: address }))),
    await send(68, '192.0.2.1:67', asked(clientMessage('inform', 2, { ciaddr: address }))),
    await send(
      68,
      everyone,
      asked(clientMessage('request', 3), addressOption(50, ipv4Number('198.51.100.9'))),
    ),
    await send(67, '192.0.2.1:67', asked(clientMessage('discover', 4, relay), circuit)),
    await send(
      67,
      '192.0.2.1:67',
      asked(
        clientMessage('request', 5, relay),
        addressOption(50, ipv4Number('198.51.100.9')),
        circuit,
      ),
    ),
  ];
  assert.deepEqual(answers, ['offer', 'ack', 'ack', 'ack', 'nak', 'offer', 'nak']);
  while (!readFileSync(file).includes(probe)) await delay(50);
  await caught.stop();

  const tshark = async (...words: string[]) => {
    const { out, err, code } = await client.run([program, '-n', '-r', file, ...words]);
    assert.equal(code, 0, err);
    return out.split('\n').filter((line) => line !== '');
  };
  const fields = ['dhcp.option.dhcp', 'dhcp.ip.relay', 'dhcp.option.tftp_server_address'];
  const columns = fields.flatMap((field) => ['-e', field]);
  const sent = await tshark('-Y', 'ip.src == 192.0.2.1', '-T', 'fields', ...columns);
  const types = sent.map((line) => Number(line.split('\t')[0]));
  // The probe for other servers is a DISCOVER.
  assert.deepEqual([...new Set(types)].sort(), [1, 2, 5, 6]);
  assert(types.length >= answers.length + 1, sent.join('\n'));
  assert.deepEqual(
    sent.filter((line) => line.startsWith('2\t') && !line.endsWith('192.0.2.1,198.51.100.7')),
    [],
    'option 150 of every offer',
  );
  const odd = '(_ws.malformed || _ws.expert) && ip.src == 192.0.2.1';
  assert.deepEqual(await tshark('-Y', odd), []);
});
