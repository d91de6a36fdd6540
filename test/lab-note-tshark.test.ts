import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { hookflashUnder, startInWords, temporaryFolder } from './hookflash-process.ts';
import { images, inVain, labSite, mac, provision, user, type LabPlace } from './lab-note-site.ts';
import { capture, makeNetwork } from './network-namespaces.ts';
import { requirePeer } from './peers.ts';

/** A real capture of the lab note NN42020-202, as tshark, `explain`, `boots` and `watch` see it. */

const [server, phone] = ['192.0.2.1', '192.0.2.7'];
const asUnistim = (ports: readonly number[]) =>
  ports.flatMap((port) => ['-d', `udp.port==${port},unistim`]);
/** A hello of UNIStim. */
const hello = 'udp.payload[0:4]==ff:ff:ff:ff';

/** A row for each packet, with these fields. */
function decode(
  program: string,
  file: string,
  filter: string,
  fields: readonly string[],
  ports: readonly number[] = [5000, 5105],
) {
  const columns = fields.flatMap((field) => ['-e', field]);
  const words = ['-n', '-r', file, '-o', 'unistim.udp.port:5000,5105', ...asUnistim(ports)];
  const output = execFileSync(
    program,
    [...words, '-Y', filter, '-T', 'fields', '-E', 'separator=|', ...columns],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1024 * 1024 },
  );
  return output
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('|'));
}

test('the whole run on the wire, and what is told of it', async (t) => {
  const program = requirePeer(t, 'tshark');
  const network = program === undefined ? undefined : makeNetwork(t);
  if (program === undefined || !network) return;
  const [site, desk] = [network.namespace('site'), network.namespace('desk')];
  network.wire([site, 'eth0', '02:00:00:00:20:01'], [desk, 'eth0', '00:18:66:00:00:01']);
  site.ip('address', 'add', `${server}/24`, 'dev', 'eth0');
  desk.ip('address', 'add', `${phone}/24`, 'dev', 'eth0');
  const place: LabPlace = {
    ...{ server, phone, tftpPort: 69 },
    ...{ atServer: site.starter, atPhone: desk.starter },
  };
  const lab = await labSite(t, place, ['--image', '0692D93c08']);
  await provision(lab);
  const watch = startInWords(t, 'watch', '--dir', lab.dir);
  const file = join(await temporaryFolder(t), 'lab-note.pcap');
  const seen = await capture(site, 'eth0', file, 'udp or arp');
  const wants = (image: string) => lab.ok('phone', 'set', mac, '--image', image);
  const { boot } = lab;
  await boot('--unistim', `${server}:5000`, '--press', 'FirmW');
  await boot('--login', `${user.name}:${user.password}`, '--until', 'registered');
  await wants(images[3]);
  await boot();
  await wants('0604D98');
  assert.equal((await boot(...inVain)).end.state, 'stuck');
  await boot('--s1', `${server}:5000,1`);
  await wants('0692D93c08');
  const { end } = await boot('--press', 'FirmW');
  assert.deepEqual([end.state, end.image], ['idle', '0692D93c08']);
  await seen.stop();

  await t.test('tshark reads every datagram, without an expert’s word', () => {
    const fields = ['_ws.col.Protocol', '_ws.expert.message', '_ws.malformed'];
    const ports = 'udp.port==5000 || udp.port==5105';
    const unistim = decode(program, file, ports, fields);
    // Five images of 262,144 bytes in blocks of 512, with what acknowledges them.
    assert.ok(unistim.length > 2500, `${unistim.length}`);
    for (const row of unistim) assert.deepEqual(row, ['UNISTIM', '', '']);
    const others = decode(program, file, `udp && !(${ports}) && !(${hello})`, fields);
    const odd = others.filter(
      (row) => row[2] !== '' || row[1] !== '' || !/^(?:TFTP|SIP)/.test(row[0] ?? ''),
    );
    assert.deepEqual([others.length > 1000, odd], [true, []]);
  });

  await t.test('6: after the revert the phone says hello to 5060, and no answer comes', () => {
    const filter = `${hello} && udp.dstport==5060`;
    const fields = ['_ws.col.Protocol', '_ws.malformed'];
    const hellos = decode(program, file, filter, fields, [5000, 5105, 5060]);
    assert.ok(hellos.length >= 10, `${hellos.length}`);
    for (const row of hellos) assert.deepEqual(row, ['UNISTIM', '']);
    const answers = `udp.srcport==5060 && udp.payload[0:4]==00:00:00:00`;
    assert.deepEqual(decode(program, file, answers, ['frame.number']), []);
  });

  await t.test('tshark names the same files', () => {
    const named = (field: string) =>
      decode(program, file, field, [field]).map(([value = '']) => value);
    assert.deepEqual(named('unistim.uftp.filename'), [
      ...['CT12D97.bin', '0692D93.bin', 'CT12D97.bin', '0692D93.bin'],
    ]);
    const byTftp = new Set(named('tftp.source_file'));
    for (const name of ['2004tftp.cfg', '2004sysConfig.dat', '0692D94.bin', '0604D98.bin'])
      assert.ok(byTftp.has(name), name);
    assert.deepEqual([...new Set(named('sip.Status-Code'))].toSorted(), ['200', '401']);
  });

  type Told = {
    readonly mac: string;
    readonly family: string;
    readonly diagnoses: readonly { readonly code: string }[];
    readonly boots: readonly {
      readonly because: string;
      readonly runs?: string;
      readonly files: readonly { protocol: string; path: string; outcome: string; bytes: number }[];
    }[];
  };
  const fetched = (told: Told) =>
    told.boots.map(({ files }) =>
      files
        .filter(({ path }) => /\.bin$/.test(path))
        .map(({ protocol, path, outcome, bytes }) => `${protocol} ${path} ${outcome} ${bytes}`),
    );
  /** By boot, as the phone itself counts them. */
  const story = [
    ...[['uftp CT12D97.bin sent 262144'], ['uftp 0692D93.bin sent 262144'], [], []],
    ...[['tftp 0692D94.bin sent 262144'], [], ['tftp 0604D98.bin sent 262144']],
    ...[[], ['uftp CT12D97.bin sent 262144'], ['uftp 0692D93.bin sent 262144'], []],
  ];

  await t.test('explain, of what the servers kept', async () => {
    const { out } = await hookflashUnder([], 'explain', mac, '--json', '--dir', lab.dir);
    const told = JSON.parse(out) as Told;
    assert.deepEqual([told.mac, told.family], [mac, 'nortel-2004']);
    assert.deepEqual(fetched(told).slice(-story.length), story.slice(-10));
  });

  await t.test('explain, of the capture', async () => {
    const { out } = await hookflashUnder([], 'explain', file, '--json', '--dir', lab.dir);
    const told = JSON.parse(out) as Told;
    assert.deepEqual([told.mac, told.family], [mac, 'nortel-2004']);
    assert.deepEqual(fetched(told), story);
  });

  await t.test('boots and watch say UFTP', async () => {
    const list = await lab.ok('boots', mac, '--json');
    const ids = list
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { readonly id: number }).id);
    const first = await lab.ok('boots', mac, String(Math.min(...ids)));
    assert.match(first, /UFTP {2}CT12D97\.bin {2}.*262,?144/);
    await watch.line((line) => /sent +CT12D97\.bin {2}\(UFTP, 262144 bytes\)/.test(line));
  });
});
