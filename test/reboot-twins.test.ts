import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { TwinLine } from '../src/cli/twin-events.ts';
import { parseMac } from '../src/wire/mac.ts';
import { hookflash, startHookflash, temporaryFolder } from './hookflash-process.ts';
import { proxyPassword, proxyUser, startKamailio } from './kamailio.ts';
import { requirePeer } from './peers.ts';
import { hears, inDialog, runSipp, scenario, sdp, sends } from './sip-peers.ts';
import {
  asksForSync,
  decisions,
  isNotified,
  isRegistered,
  restarts,
  virtualDesk,
  type VirtualDesk,
} from './virtual-desk.ts';

/** `hookflash reboot` through Kamailio to virtual phones, each with an address of its own. */

const proxy = '127.78.0.20';
const files = '127.78.0.2';
const image = 'P0S3-8-12-00';
const javaLoad = 'SIP41.9-4-2SR3-1S';
const timeScale = 0.02;
/** Of the guide, by the phones' clock. */
const idleMs = 20_000 * timeScale;

type Desk = { readonly name: string; readonly model: string; readonly line: string };

/** Two of them share a line, so that the proxy sends what is for one to both. */
const desks: readonly Desk[] = [
  { name: 'anna', model: '7960', line: '7001' },
  { name: 'ben', model: '7940', line: '7002' },
  { name: 'cleo', model: '7960', line: '7003' },
  { name: 'dora', model: '7960', line: '7009' },
  { name: 'emil', model: '7940', line: '7009' },
  { name: 'fritz', model: '7941', line: '7006' },
];
const macOf = (at: number) => `0200000000D${at + 1}`;
const passwordOf = (line: string) => `secret ${line}`;
const users = Object.fromEntries([
  [proxyUser, proxyPassword],
  ...desks.map(({ line }) => [line, passwordOf(line)] as const),
]);

async function workspace(t: TestContext): Promise<string> {
  const dir = join(await temporaryFolder(t), 'site');
  const done = async (...words: string[]) => {
    const { code, err } = await hookflash(...words);
    assert.equal(code, 0, err);
  };
  await done('init', dir);
  await writeFile(join(dir, 'hookflash.yaml'), 'trust:\n  networks: [127.0.0.0/8]\n');
  const list = desks.map(({ model, line }, at) => {
    const runs = model === '7941' ? javaLoad : image;
    return [macOf(at), model, runs, line, line, passwordOf(line), proxy, '1', '7'].join(',');
  });
  const columns = 'mac,model,image,line1_name,line1_authname,line1_password';
  const csv = join(dir, 'phones.csv');
  await writeFile(csv, `${columns},proxy1_address,proxy_register,sync\n${list.join('\n')}\n`);
  await done('phone', 'import', csv, '--dir', dir);
  for (const each of [image, javaLoad])
    await done('firmware', 'synth', each, '--out', join(dir, 'firmware'));
  return dir;
}

const quiet = (desk: VirtualDesk) => [
  restarts(desk),
  desk.seen.filter(({ line }) => isNotified(line)).length,
];

/** The next registration from here on. */
const registeredAgain = (desk: VirtualDesk) => {
  const from = desk.seen.length;
  return () => desk.until(isRegistered, from);
};

test('through Kamailio those restart that shall, and no other; equal SYNC restarts nobody', async (t) => {
  const [kamailio, sipp] = ['kamailio', 'sipp'].map((name) => requirePeer(t, name));
  if (!kamailio || !sipp) return;
  await startKamailio(t, kamailio, { address: proxy, port: 5060, users });
  const dir = await workspace(t);
  const server = startHookflash(t, 'serve', '--dir', dir, '--tftp', `${files}:0`);
  const { listen } = await server.line(({ event }) => event === 'ready');
  const [, port] = (listen as { readonly tftp: string }).tftp.split(':');
  const tftp = { address: files, port: Number(port) };
  const people = { cleo: { answersAfter: 0.1 } } as const;
  const phones = desks.map(({ name, model }, at) =>
    virtualDesk(t, {
      ...{ model, tftp, timeScale, mac: parseMac(macOf(at)), address: `127.78.1.${at + 1}` },
      image: model === '7941' ? javaLoad : image,
      ...(name === 'cleo' && { person: people.cleo }),
    }),
  );
  await Promise.all(phones.map((desk) => desk.until(isRegistered)));
  const [anna, ben, cleo, dora, emil, fritz] = phones as [
    VirtualDesk,
    VirtualDesk,
    VirtualDesk,
    VirtualDesk,
    VirtualDesk,
    VirtualDesk,
  ];
  const via = ['--via', proxy, '--user', proxyUser, '--password', proxyPassword, '--dir', dir];
  const reboot = async (...asked: readonly VirtualDesk[]) => {
    const { code, out, err } = await hookflash('reboot', ...asked.map(({ mac }) => mac), ...via);
    assert.equal(code, 0, out + err);
    return out;
  };

  await t.test('two of six, and one that shares its line with another', async () => {
    const back = [anna, dora, fritz].map(registeredAgain);
    const told = await reboot(anna, dora, fritz);
    assert.match(told, /asks for syncinfo\.xml/);
    await Promise.all(back.map((again) => again()));
    // The other phone of the line was told as well, looked, and stayed.
    await emil.until((line) => line.event === 'restart');
    assert.deepEqual(decisions(emil), ['sync is "7" in both']);
    assert.match(decisions(dora)[0] ?? '', /^sync is "restart-[0-9a-f]{16}", its own "7"$/);
    assert.deepEqual(phones.map(quiet), [
      [1, 1],
      [0, 0],
      [0, 0],
      [1, 1],
      [0, 1],
      [1, 1],
    ]);
    // It waited for 20 s of its own time before it looked.
    const [heard, asked] = [await anna.until(isNotified), await anna.until(asksForSync)];
    assert.ok(asked.at - heard.at >= idleMs - 2, `${asked.at - heard.at} ms`);
    assert.equal(
      fritz.seen.some(({ line }) => asksForSync(line)),
      false,
      'Java phones know none',
    );
  });

  await t.test('hand-made syncinfo.xml: equal SYNC, another image, another text', async () => {
    const rows = [
      ['VERSION="*" SYNC="7"', 'sync is "7" in both', false],
      [`VERSION="${image}" SYNC="7"`, 'sync is "7" in both', false],
      ['VERSION="P0S3-07-5-00" SYNC="8"', `syncinfo.xml is not for ${image}`, false],
      ['VERSION="*" SYNC="07"', 'sync is "07", its own "7"', true],
      [`VERSION="${image}" SYNC="8"`, 'sync is "8", its own "7"', true],
    ] as const;
    for (const [attributes, decision, isRestarted] of rows) {
      await writeFile(
        join(dir, 'files', 'syncinfo.xml'),
        `<SYNCINFO><IMAGE ${attributes}/></SYNCINFO>\n`,
      );
      const before = [restarts(ben), decisions(ben).length] as const;
      const from = ben.seen.length;
      const back = registeredAgain(ben);
      await reboot(ben);
      await ben.until((line) => line.event === 'restart', from);
      assert.equal(decisions(ben)[before[1]], decision);
      if (isRestarted) await back();
      assert.equal(restarts(ben) - before[0], isRestarted ? 1 : 0, attributes);
    }
    await rm(join(dir, 'files', 'syncinfo.xml'));
    assert.deepEqual([restarts(anna), restarts(cleo), restarts(emil)], [1, 0, 0]);
  });

  await t.test('a phone in a call waits for its end, then for 20 s', async () => {
    const callId = 'until-told';
    const call = runSipp(t, sipp, {
      ...{ from: '127.78.0.30', to: `${proxy}:5060`, user: '7003', words: ['-cid_str', callId] },
      scenario: scenario(
        sends({ method: 'INVITE', body: sdp }),
        ...[hears(100, true), hears(180), '<recv response="200" rrs="true"/>'],
        inDialog('ACK'),
        '<recv request="INFO"/>',
        inDialog('BYE', 2),
        hears(200),
      ),
    });
    await cleo.until(isCall('answered'));
    const back = registeredAgain(cleo);
    await reboot(cleo);
    await cleo.until(isNotified);
    await tellSipp('127.78.0.30', 5060, callId);
    const { code, text } = await call;
    assert.equal(code, 0, text);
    await back();
    const [ended, asked] = [await cleo.until(isCall('ended')), await cleo.until(asksForSync)];
    assert.ok(asked.at - ended.at >= idleMs - 2, `${asked.at - ended.at} ms`);
  });

  const ends = await Promise.all(phones.map((desk) => desk.stop()));
  for (const [at, end] of ends.entries())
    assert.deepEqual(end.lines, [
      { line: desks[at]?.line, state: 'registered', peer: `${proxy}:5060` },
    ]);
  assert.equal(await server.end(), 0);
});

const isCall = (state: string) => (line: TwinLine) => line.event === 'call' && line.state === state;

/** A word within its call, which a scenario waits for. */
async function tellSipp(address: string, port: number, call: string): Promise<void> {
  const lines = [
    `INFO sip:sipp@${address} SIP/2.0`,
    `Via: SIP/2.0/UDP ${address}:9;branch=z9hG4bKgo`,
    ...[`From: <sip:test@${address}>;tag=1`, `To: <sip:sipp@${address}>`],
    ...[`Call-ID: ${call}`, 'CSeq: 1 INFO', 'Content-Length: 0', '', ''],
  ];
  const socket = createSocket('udp4');
  await new Promise((resolve) => {
    socket.send(lines.join('\r\n'), port, address, resolve);
  });
  socket.close();
}
