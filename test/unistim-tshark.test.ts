import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildPcap, ethernet, ipv4, udp } from '../src/codec/pcap/testing/build-capture.ts';
import type { Mac } from '../src/wire/mac.ts';
import {
  epoch,
  offerOf,
  type Seen,
  VirtualSite,
} from '../src/servers/unistim/testing/virtual-site.ts';
import { requirePeer } from './peers.ts';
import { tsharkFields } from './tshark-fields.ts';

const mac = '001122334455' as Mac;
const ports = { unistim: 5000, uftp: 5105 } as const;
const filePort = 5001;

function packetOf({ at, from, port, path, bytes }: Seen) {
  const ours = ports[port];
  const theirs = port === 'unistim' ? path.port : filePort;
  const [source, target] = from === 'phone' ? [theirs, ours] : [ours, theirs];
  const [sender, receiver] =
    from === 'phone' ? [path.address, path.local] : [path.local, path.address];
  const payload = udp(source, target, bytes);
  const packet = ipv4({ from: sender, to: receiver, protocol: 17, payload });
  return { at: epoch + at, bytes: ethernet(0x0800, packet, mac) };
}

/** A row for each datagram, with these fields. */
function decode(program: string, seen: readonly Seen[], fields: readonly string[]) {
  // In 4.0 the first port is another protocol's too.
  const asUnistim = Object.values(ports).flatMap((port) => ['-d', `udp.port==${port},unistim`]);
  const flags = ['-o', 'unistim.udp.port:5000,5105', ...asUnistim];
  return tsharkFields(program, buildPcap(seen.map(packetOf)), fields, flags);
}

/** All that the server ever says: an upgrade, a refusal, a lock, resets, fail-over. */
async function wholeRun(): Promise<readonly Seen[]> {
  const image = new Uint8Array(20_000).fill(0x5a);
  const pointers = [0, 1, 2, 3].map((server) => ({
    ...{ server, address: '192.0.2.10', port: 5060, action: 7, retry: 10 },
  }));
  let refusals = 0;
  const site = new VirtualSite({
    ...{ files: { 'CT12D97.bin': image }, seed: 8, loss: 0.05, delayMs: 50 },
    handler: {
      pointers: () => Promise.resolve(pointers),
      firmwareRequested: () =>
        Promise.resolve(
          refusals++ === 0 ? { refused: 'it runs this already' } : offerOf('CT12D97'),
        ),
    },
  });
  const phone = site.phone({ mac });
  phone.hello();
  await site.pass(20_000);
  for (const label of ['Config', 'Version', 'FirmW', 'Back', 'Config', 'Version', 'FirmW']) {
    phone.press(label);
    await site.pass(20_000);
  }
  await site.until(() => phone.fetched !== undefined);
  site.service.reset(mac, 'hard');
  await site.pass(130_000);
  void site.service.lock();
  await site.pass(20_000);
  site.service.unlock();
  phone.hello();
  await site.pass(20_000);
  site.service.failOver(1);
  return site.wire;
}

test('tshark reads every datagram of a run, without an expert’s word', async (t) => {
  const program = requirePeer(t, 'tshark');
  if (!program) return;
  const seen = await wholeRun();
  const rows = decode(program, seen, ['_ws.col.Protocol', '_ws.expert.message', '_ws.malformed']);
  assert.equal(rows.length, seen.length);
  assert(seen.length > 200);
  for (const [at, row] of rows.entries())
    assert.deepEqual(row, ['UNISTIM', '', ''], Buffer.from(seen[at]?.bytes ?? []).toString('hex'));
});

test('tshark reads in it what was meant', async (t) => {
  const program = requirePeer(t, 'tshark');
  if (!program) return;
  const fields = {
    'unistim.basic.fw.ver': ['0604D98'],
    'unistim.switch.terminal.id': ['0.0.0.19', '0.0.0.20'],
    'unistim.it.type': ['0x02'],
    'unistim.basic.hw.id': ['0018:001122334455:6600'.replaceAll(':', '')],
    'unistim.watchdog.timeout': ['138'],
    'unistim.download.address': ['192.0.2.10'],
    'unistim.download.port': ['5060'],
    'unistim.net.file.xfer.mode': ['0x03'],
    'unistim.net.full_pathname': ['CT12D97.bin'],
    'unistim.net.file_identifier': ['CT12D97'],
    'unistim.net.file.server.port': ['5105'],
    'unistim.net.file.server.address': ['192.0.2.10'],
    'unistim.uftp.blocksize': ['512'],
    'unistim.uftp.limit': ['4'],
    'unistim.uftp.filename': ['CT12D97.bin'],
    'unistim.generic.string_data': ['Hookflash   ', 'Config ', 'Downloading CT12D97     '],
    'unistim.broadcast.year': ['10'],
    'unistim.broadcast.minute': ['4'],
  };
  const names = Object.keys(fields);
  const rows = decode(program, await wholeRun(), names);
  for (const [at, [name, expected]] of Object.entries(fields).entries()) {
    const found = new Set(rows.flatMap((row) => row[at]?.split(',') ?? []));
    found.delete('');
    for (const value of expected) assert(found.has(value), `${name}: ${[...found].join(' ')}`);
  }
});
