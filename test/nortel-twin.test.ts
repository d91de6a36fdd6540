import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { bootTwin } from '../src/app/twin.ts';
import type { TwinLine } from '../src/cli/twin-events.ts';
import type { TwinOptions } from '../src/cli/twin-options.ts';
import type { FileHandler, TransferEnd } from '../src/servers/file.ts';
import type { SoftwareOffer, UnistimPhone } from '../src/servers/unistim/handler.ts';
import { startUnistimServer, type UnistimServerOptions } from '../src/servers/unistim/server.ts';
import { startTftpServer } from '../src/servers/tftp/server.ts';
import { nortelImage } from '../src/twin/testing/nortel-trial.ts';
import { parseMac } from '../src/wire/mac.ts';

/** The virtual IP Phone 2004 and the UNIStim server, which know nothing of each other. */

const host = '127.0.0.1';
const any = { host, port: 0 };
const mac = parseMac('02:00:00:00:20:04');

const files: Readonly<Record<string, Uint8Array | string>> = {
  'CT12D97.bin': nortelImage('CT12D97', 20_480),
  '0692D93.bin': nortelImage('0692D93c08', 100_000),
  '2004tftp.cfg':
    '[DEVICE_CONFIG]\nVERSION 000020\nFILENAME 2004sysConfig.dat\n[FW]\nVERSION 0692D93c08\nFILENAME 2004SIP.img\n',
  '2004sysConfig.dat': 'DEF_USER1 userid?\nBANNER Lobby\n',
};

function handlerOf(ends: TransferEnd[]): FileHandler {
  return {
    open({ path }) {
      const file = files[path];
      if (file === undefined) return Promise.resolve({ kind: 'missing', ticket: path });
      return Promise.resolve({ kind: 'found', bytes: Buffer.from(file), ticket: path });
    },
    closed: (end) => void ends.push(end),
  };
}

const offers: Readonly<Record<string, SoftwareOffer>> = {
  '0604D98': offer('CT12D97', 'CT12D97.bin', 'CT12D97'),
  CT12D97: offer('0692D93', '0692D93.bin', '0692D93c08'),
};

function offer(image: string, path: string, identifier: string): SoftwareOffer {
  return { image, path, identifier, because: 'the upgrade is switched on' };
}

async function site(t: TestContext, more: Partial<UnistimServerOptions> = {}) {
  const ends: TransferEnd[] = [];
  const events: string[] = [];
  const tftp = await startTftpServer({ handler: handlerOf(ends), host, port: 0, workers: 1 });
  t.after(() => tftp.stop());
  const sip = { server: 0, address: '127.0.0.9', port: 5060, action: 7, retry: 3 };
  const master = {
    server: 2,
    address: host,
    port: tftp.addresses[0]?.port ?? 0,
    action: 0,
    retry: 0,
  };
  const server = await startUnistimServer({
    ...{ signalling: any, uftp: any, now: () => Date.now(), files: handlerOf(ends) },
    handler: {
      registered({ firmware }: UnistimPhone) {
        const next = firmware === 'CT12D97' ? offers[firmware] : undefined;
        return Promise.resolve({ title: 'Hookflash', ...(next && { offer: next }) });
      },
      firmwareRequested: ({ firmware }) =>
        Promise.resolve(offers[firmware] ?? { refused: 'nothing newer' }),
      pointers: (_phone, { image }) => Promise.resolve(image === '0692D93' ? [sip, master] : []),
      event: (_phone, { text }) => void events.push(text),
      closed: (_phone, why) => void events.push(`closed: ${why}`),
    },
    ...more,
  });
  t.after(() => server.stop());
  const { port = 0 } = server.addresses[0] ?? {};
  return { server, ends, events, unistim: { address: host, port } };
}

async function boot(options: Partial<TwinOptions>) {
  const lines: TwinLine[] = [];
  const end = await bootTwin({
    ...{ model: '2004', mac, timeScale: 0, seed: 1, address: '127.0.0.7' },
    onLine: (line) => void lines.push(line),
    ...options,
  });
  return { end, lines };
}

const requests = (lines: readonly TwinLine[]) =>
  lines.flatMap((line) =>
    line.event === 'request'
      ? [`${line.path} ${line.outcome}${line.protocol === undefined ? '' : ` by ${line.protocol}`}`]
      : [],
  );

test('from UNIStim to the login screen of SIP, over the transitional firmware', async (t) => {
  const { unistim, ends, events } = await site(t);
  const { end, lines } = await boot({ unistim, press: 'FirmW' });
  assert.deepEqual(requests(lines), [
    ...['CT12D97.bin sent by uftp', '0692D93.bin sent by uftp'],
    ...['2004tftp.cfg sent', '2004sysConfig.dat sent'],
  ]);
  assert.deepEqual(
    [end.state, end.protocol, end.image, end.display, end.boots],
    ['idle', 'SIP', '0692D93c08', 'Login: userid?', 3],
  );
  assert.deepEqual(
    ends.filter(({ request }) => request.protocol === 'uftp').map((each) => each.outcome),
    ['sent', 'sent'],
  );
  assert.ok(events.some((text) => text.includes('0604D98')));
});

const odd: readonly (readonly [string, UnistimServerOptions['assumptions']])[] = [
  ['mode 2', { staysConnected: false }],
  ['granted when the path is known', { grants: 'details' }],
  ['no empty last block', { fileEnd: 'last-byte' }],
  ['no file identifier', { identifier: 'none' }],
];
for (const [what, assumptions] of odd)
  test(`the other way where our assumptions are switched: ${what}`, async (t) => {
    const { unistim } = await site(t, { ...(assumptions && { assumptions }) });
    const { end } = await boot({ unistim, press: 'FirmW' });
    assert.deepEqual([end.state, end.image], ['idle', '0692D93c08']);
  });

test('nobody presses: registered, and it stays on what it has', async (t) => {
  const { unistim, server } = await site(t);
  const { end } = await boot({ unistim });
  assert.deepEqual([end.state, end.image, end.protocol], ['idle', '0604D98', 'UNIStim']);
  assert.match(end.display, /Hookflash.*\[Config\]/);
  assert.equal(server.sessions()[0]?.firmware, '0604D98');
});

test('a locked service: no answer, nothing is fetched', async (t) => {
  const { unistim, server, ends } = await site(t);
  await server.lock();
  const s1 = `${unistim.address}:${unistim.port},1,1`;
  const { end } = await boot({ s1, press: 'FirmW' });
  assert.deepEqual([end.state, end.image, ends.length], ['stuck', '0604D98', 0]);
});

test('the flash file: SIP values stay after a revert, until S1 is entered by hand', async (t) => {
  const { unistim } = await site(t);
  const folder = mkdtempSync(join(tmpdir(), 'nortel-twin-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const flash = join(folder, 'flash.json');
  await boot({ unistim, press: 'FirmW', flash });
  const again = await boot({ flash });
  assert.deepEqual([again.end.state, again.end.boots], ['idle', 1]);
  assert.deepEqual(requests(again.lines), ['2004tftp.cfg sent']);
  const s1 = `${unistim.address}:${unistim.port},1,10`;
  const entered = await boot({ flash, s1 });
  assert.deepEqual([entered.end.protocol, entered.end.state], ['SIP', 'idle']);
  assert.match(entered.end.display, /Hookflash/);
  await assert.rejects(boot({ s1: '192.0.2.1' }), /"192.0.2.1" is no server: write it as/);
  await assert.rejects(boot({ unistim, image: '0621C3A' }), /is not an image name of this model/);
});

test('half of all packets asked for once more, and a transfer left half-way', async (t) => {
  const { unistim } = await site(t);
  const faults = ['nak-storm=0.5', 'breaks-off-uftp=9'];
  const { end } = await boot({ unistim, press: 'FirmW', faults });
  assert.deepEqual([end.state, end.image], ['idle', '0692D93c08']);
});
