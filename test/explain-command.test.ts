import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { runHere } from '../src/cli/testing/run-app.ts';
import type { BootEvent, BootRequest } from '../src/model/boot.ts';
import { openSqliteStore } from '../src/store/sqlite/open.ts';
import type { Mac } from '../src/wire/mac.ts';
import { startHookflash, temporaryFolder } from './hookflash-process.ts';

const mac = '0013C4A1B2C3' as Mac;
const start = Date.now() - 3_600_000;

const request = (seconds: number, path: string, outcome: BootRequest['outcome']): BootRequest => ({
  ...{
    at: start + seconds * 1000,
    protocol: 'tftp',
    address: '192.0.2.51',
    port: 50_000 + seconds,
  },
  ...{ path, outcome, bytes: outcome === 'sent' ? 400 : 0, retries: 0, tie: 'the path' },
});
const ack: BootEvent = {
  ...{ at: start, protocol: 'dhcp', address: '192.0.2.51' },
  happening: {
    kind: 'dhcp',
    dhcp: { message: 'ack', address: '192.0.2.51', tftpServers: ['192.0.2.10'] },
  },
};

/** A workspace in which a phone has done this. */
async function workspace(t: TestContext, requests: readonly BootRequest[]) {
  const dir = join(await temporaryFolder(t), 'site');
  assert.equal((await runHere('init', dir)).code, 0);
  const added = await runHere('phone', 'add', mac, '--model', '7960', '--dir', dir);
  assert.equal(added.code, 0, added.err.join('\n'));
  const store = await openSqliteStore(join(dir, 'hookflash.db'));
  const bootId = await store.bootStart(mac, start);
  await store.eventsAppend([{ bootId, event: ack }]);
  await store.requestsAppend(requests.map((each) => ({ bootId, request: each })));
  await store.close();
  return { dir, bootId };
}

const idle = [
  request(20, `CTLSEP${mac}.tlv`, 'missing'),
  request(21, `SEP${mac}.cnf.xml`, 'sent'),
  request(22, 'P0S3-8-12-00.loads', 'sent'),
  request(46, 'SIPDefault.cnf', 'sent'),
  request(47, `SIP${mac}.cnf`, 'sent'),
  request(48, 'RINGLIST.DAT', 'sent'),
];

test('explain of a phone that is well: what it runs, exit 0', async (t) => {
  const { dir } = await workspace(t, idle);
  const { code, out } = await runHere('explain', '00:13:c4:a1:b2:c3', '--dir', dir);
  const text = out.join('\n');
  assert.equal(code, 0, text);
  assert.match(text, /00:13:C4:A1:B2:C3 {2}7960 {2}192\.0\.2\.51/);
  assert.match(text, /healthy: nothing wrong: idle on P0S3-8-12-00/);
  assert.match(text, /address .*DHCP ack[^]*loader .*after 20 s[^]*firmware[^]*application/);
});

test('explain of a phone whose file is missing: first the cause, exit 1; as JSON too', async (t) => {
  const { dir } = await workspace(t, [
    ...idle.slice(0, 4),
    ...[47, 78, 109].map((at) => request(at, `SIP${mac}.cnf`, 'missing')),
  ]);
  const { code, out } = await runHere('explain', mac, '--dir', dir);
  const text = out.join('\n');
  assert.equal(code, 1, text);
  assert.match(text, /error {4}phone-file-missing: [^]*to do[^]*seen {5}boot \d+:5/);
  const json = await runHere('explain', mac, '--dir', dir, '--json');
  assert.equal(json.code, 1);
  const told = JSON.parse(json.out[0] ?? '') as {
    readonly mac: string;
    readonly model: string;
    readonly diagnoses: readonly { readonly code: string; readonly cure: string }[];
  };
  assert.deepEqual([told.mac, told.model], [mac, '7960']);
  assert.equal(told.diagnoses[0]?.code, 'phone-file-missing');
});

test('explain of what is not there: a word, a phone that never came, a log without phones', async (t) => {
  const { dir } = await workspace(t, []);
  const word = await runHere('explain', 'nothing.log', '--dir', dir);
  assert.equal(word.code, 2);
  assert.match(word.err.join(), /neither a file nor a MAC address/);
  const never = await runHere('explain', '02:00:00:00:00:77', '--dir', dir);
  assert.equal(never.code, 1);
  assert.match(never.err.join(), /nothing was seen of 02:00:00:00:00:77.*option 150/);
  const log = join(dir, 'empty.log');
  await writeFile(log, 'Mar  2 08:00:00 pbx sshd[1]: Connection closed\n');
  const empty = await runHere('explain', log);
  assert.equal(empty.code, 1);
  assert.match(empty.out.join(), /no phone in it/);
});

test('what strangers write in logs does nothing to a terminal', async (t) => {
  const dir = await temporaryFolder(t);
  const log = join(dir, 'odd.log');
  await writeFile(
    log,
    `Mar  2 08:00:00 pbx in.tftpd[1]: RRQ from 192.0.2.51 filename \u001b]0;x\u0007.sbn\n`,
  );
  const { out } = await runHere('explain', log);
  assert.ok(!out.join('').includes('\u001b'));
});

test('boots: the list, and one of them event by event', async (t) => {
  const { dir, bootId } = await workspace(t, idle);
  const list = await runHere('boots', mac, '--dir', dir);
  assert.equal(list.code, 0);
  assert.match(
    list.out.join('\n'),
    /6 +1 +2000 +address, loader, firmware, configuration, application/,
  );
  const one = await runHere('boots', mac, String(bootId), '--dir', dir);
  const text = one.out.join('\n');
  assert.match(text, /address\n +\+0\.0 s {2}DHCP ack 192\.0\.2\.51, option 150 192\.0\.2\.10/);
  assert.match(text, /application\n.*RINGLIST\.DAT +sent 400 B/);
  const json = await runHere('boots', mac, String(bootId), '--dir', dir, '--json');
  const { steps } = JSON.parse(json.out[0] ?? '') as { readonly steps: readonly unknown[] };
  assert.equal(steps.length, 7);
  const none = await runHere('boots', mac, '4711', '--dir', dir);
  assert.equal(none.code, 1);
  assert.match(none.err.join(), /boot 4711 is none of 00:13:C4:A1:B2:C3/);
});

test('watch shows what another process writes, of the wanted phones alone, until it is stopped', async (t) => {
  const { dir, bootId } = await workspace(t, idle);
  const watch = startHookflash(t, 'watch', mac, '--dir', dir, '--json');
  const store = await openSqliteStore(join(dir, 'hookflash.db'));
  t.after(() => store.close());
  const other = await store.bootStart('020000000099' as Mac, start);
  // Until it is seen: the watch may not have begun yet.
  let seconds = 100;
  const writing = setInterval(() => {
    const late = request(seconds++, 'late.xml', 'sent');
    void store.requestsAppend([
      { bootId: other, request: late },
      { bootId, request: late },
    ]);
    void store.eventsAppend([{ bootId, event: ack }]);
  }, 100);
  t.after(() => clearInterval(writing));
  const line = await watch.line((each) => each.event === 'request');
  assert.deepEqual([line.mac, line.boot, line.path], [mac, bootId, 'late.xml']);
  await watch.line((each) => each.event === 'happening');
  clearInterval(writing);
  assert.equal(await watch.end(), 0);
});
