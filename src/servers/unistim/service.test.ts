import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../twin/seeded-random.ts';
import type { Mac } from '../../wire/mac.ts';
import { offerOf, serverAddress, VirtualSite } from './testing/virtual-site.ts';

const mac = '001122334455' as Mac;
const image = randomImage(100_000, 3);
const files = { 'CT12D97.bin': image };

function randomImage(size: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  return Uint8Array.from({ length: size }, () => Math.floor(random() * 256));
}

const registration = [
  'phone: hello',
  'phone: firmware 0604D98',
  'phone: phone type i2004',
  'server: registered',
];

/** What the server said since last asked, in hexadecimal. */
function listener(site: VirtualSite) {
  let from = 0;
  return () => {
    const said = site.wire.slice(from).filter((seen) => seen.from === 'server');
    from = site.wire.length;
    return said.map(({ bytes }) => Buffer.from(bytes).toString('hex'));
  };
}

test('a registration, byte for byte', async () => {
  const site = new VirtualSite();
  const said = listener(site);
  const say = async (hex: string) => {
    site.inject(hex);
    await site.pass(1);
    return said();
  };
  assert.deepEqual(await say('ffffffff 0202 ffffffff 9e0308'), ['000000000001']);
  assert.deepEqual(await say('00000000 0202 ffffffff 9e0308'), [
    '000000000101',
    '0000000102011a040108',
  ]);
  assert.deepEqual(await say('00000001 0102 ffffffff'), []);
  assert.deepEqual(await say('00000001 0202 ffffffff 9a0d07 0018 001122334455 6600'), [
    '000000010101',
    '0000000202011a070700000013',
    '0000000302011a040104',
    '0000000402011a040110',
    '000000050201' +
      '1109020a0102030432' +
      '17042407' +
      '19040700' +
      '1905093e0f' +
      '1605008000' +
      '1e0512008a',
  ]);
  assert.deepEqual(await say('00000005 0102 00000013'), []);
  assert.deepEqual(await say('00000002 0202 00000013 9a0a02 30363034443938'), ['000000020101']);
  const [acknowledged, ...display] = await say('00000003 0202 00000013 9a040302');
  assert.equal(acknowledged, '000000030101');
  assert.deepEqual(display, [
    // Title and first line, the other lines, four soft keys; none longer than 64 bytes.
    `00000006020117101902${hexOf('Hookflash   ')}171e1b040005${hexOf('Hookflash'.padEnd(24))}`,
    `000000070201171e1b042005${hexOf(' '.repeat(24))}`,
    `000000080201171e1b044005${hexOf(' '.repeat(24))}170b1908${hexOf('Config ')}${key('28')}`,
    `000000090201${key('48')}${key('68')}17041087`,
  ]);
  const [session] = site.service.sessions;
  assert.deepEqual(
    { ...session, ageMs: 0 },
    {
      ...{ mac, address: '192.0.2.99', port: 5000, state: 'registered', firmware: '0604D98' },
      ...{ itType: 2, ageMs: 0, image: undefined, progress: undefined },
    },
  );
  assert.deepEqual(
    site.events,
    registration.map((text) => `${mac} ${text}`),
  );
});

function key(place: string): string {
  return `170b19${place}${hexOf(' '.repeat(7))}`;
}

function hexOf(text: string): string {
  return Buffer.from(text, 'latin1').toString('hex');
}

test('Config, Display Version, FirmW: pointers, then the order, then the file', async () => {
  const pointer = { server: 0, address: '192.0.2.10', port: 5060, action: 7, retry: 10 };
  const site = new VirtualSite({
    files,
    delayMs: 300,
    handler: { pointers: () => Promise.resolve([pointer]) },
  });
  const phone = site.phone({ mac });
  phone.hello();
  for (const label of ['Config', 'Display Version', 'FirmW']) {
    assert(
      await site.until(() => phone.display.softKeys.some((key) => label.includes(key) && key)),
    );
    await site.pass(1000);
    phone.press(label);
    await site.pass(1000);
  }
  assert(await site.until(() => phone.fetched !== undefined));
  assert.deepEqual(phone.fetched && Buffer.from(phone.fetched), Buffer.from(image));
  assert.deepEqual(phone.order, {
    ...{ kind: 'download-software-upgrade', flags: 0x43, unknown: 0, path: 'CT12D97.bin' },
    ...{ identifier: 'CT12D97', serverPort: 5105, localPort: 0, fileServer: serverAddress },
  });
  const kinds = phone.commands.map(({ kind }) => kind);
  assert(kinds.indexOf('download-server-information') < kinds.indexOf('download-software-upgrade'));
  await site.pass(5000);
  const progress = phone.shown.filter((line) => line.startsWith('Downloading CT12D97'));
  assert(
    progress.some((line) => /\| \d+ %, \d+ of 98 KB/.test(line)),
    progress.join('\n'),
  );
  assert(progress.length > 5);
  assert.match(phone.shown.at(-1) ?? '', /The phone restarts/);
  const [transfer] = site.transfers;
  assert.deepEqual(
    [transfer?.outcome, transfer?.bytes, transfer?.request.mac],
    ['sent', image.length, mac],
  );
  const { filesSent, offers, fileBytes, registered } = site.counters.counts;
  assert.deepEqual([filesSent, offers, fileBytes, registered], [1, 1, image.length, 1]);
  assert.equal(site.service.fileConnections, 0);
  assert.deepEqual(
    site.events.map((each) => each.slice(mac.length + 1)),
    [
      ...registration,
      'phone: FirmW pressed',
      'server: offered CT12D97: the test wants it',
      'server: told that server 1 is 192.0.2.10:5060, action 7, 10 tries',
      'server: download of CT12D97.bin (CT12D97) from 192.0.2.10:5105 by UFTP beside UNIStim',
      'phone: file transfer of CT12D97.bin',
    ],
  );
});

for (const size of [0, 1, 511, 512, 513, 2048, 2049, 40_000])
  for (const [loss, repeats, delayMs] of [
    [0, 0, 0],
    [0.2, 0.1, 400],
  ] as const)
    test(`${size} bytes, ${loss * 100} % lost both ways, up to ${delayMs} ms late`, async () => {
      const bytes = randomImage(size, size + 1);
      const site = new VirtualSite({
        ...{ seed: size + 5, loss, repeats, delayMs },
        files: { 'CT12D97.bin': bytes },
        handler: {
          registered: () => Promise.resolve({ title: '', offer: offerOf('CT12D97') }),
        },
      });
      const phone = site.phone({ mac });
      phone.hello();
      assert(await site.until(() => phone.fetched !== undefined));
      assert.deepEqual(phone.fetched && Buffer.from(phone.fetched), Buffer.from(bytes));
      assert(await site.until(() => site.transfers.length === 1));
      assert.equal(site.transfers[0]?.outcome, 'sent');
      assert.deepEqual(site.problems, []);
    });

for (const seed of [1, 2, 3])
  test(`a whole image, 20 % lost both ways, repeated and in another order, seed ${seed}`, async () => {
    const bytes = randomImage(512 * 1024, seed);
    const site = new VirtualSite({
      ...{ seed, loss: 0.2, repeats: 0.1, delayMs: 200, files: { 'CT12D97.bin': bytes } },
      handler: { registered: () => Promise.resolve({ title: '', offer: offerOf('CT12D97') }) },
    });
    const phone = site.phone({ mac });
    phone.hello();
    assert(await site.until(() => phone.fetched !== undefined, 3_600_000));
    assert.equal(Buffer.compare(phone.fetched ?? new Uint8Array(), bytes), 0);
  });

test('other block sizes and limits, or none', async () => {
  for (const [blockSize, blockLimit] of [
    [1400, 1],
    [64, 255],
    [1000, 0],
  ] as const) {
    const site = new VirtualSite({
      ...{ files, seed: 2, loss: 0.1, delayMs: 50 },
      handler: { registered: () => Promise.resolve({ title: '', offer: offerOf('CT12D97') }) },
    });
    const phone = site.phone({ mac, blockSize, blockLimit });
    phone.hello();
    assert(await site.until(() => phone.fetched !== undefined));
    assert.deepEqual(phone.fetched && Buffer.from(phone.fetched), Buffer.from(image));
  }
});

test('a phone that fetches by its UNIStim connection', async () => {
  const site = new VirtualSite({ files, seed: 6, loss: 0.1, delayMs: 50 });
  const phone = site.phone({ mac, hasOneConnection: true });
  phone.hello();
  await site.pass(10_000);
  for (const label of ['Config', 'Version', 'FirmW']) {
    phone.press(label);
    await site.pass(10_000);
  }
  assert(await site.until(() => phone.fetched !== undefined));
  assert.deepEqual(phone.fetched && Buffer.from(phone.fetched), Buffer.from(image));
  assert(await site.until(() => site.transfers.length === 1));
  assert.equal(site.transfers[0]?.outcome, 'sent');
  assert(site.wire.every(({ port }) => port === 'unistim'));
});

test('never more blocks than the phone has room for', async () => {
  const site = new VirtualSite({
    files,
    handler: { registered: () => Promise.resolve({ title: '', offer: offerOf('CT12D97') }) },
  });
  const phone = site.phone({ mac, blockLimit: 3 });
  phone.hello();
  assert(await site.until(() => phone.fetched !== undefined));
  let burst = 0;
  for (const { port, bytes } of site.wire) {
    if (port !== 'uftp' || bytes[4] !== 2) continue;
    if (bytes[6] === 0x82) burst = 0;
    if (bytes[6] === 0x02) assert(++burst <= 3);
  }
});

test('40 phones behind one address, each its own file', async () => {
  const count = 40;
  const macs = Array.from({ length: count }, (_, at) => `0011223344${at + 10}` as Mac);
  const own = Object.fromEntries(
    macs.map((each, at) => [`${each}.bin`, randomImage(5000 + at * 100, at)]),
  );
  const site = new VirtualSite({
    ...{ files: own, seed: 9, loss: 0.05, delayMs: 40 },
    handler: {
      registered: (phone) =>
        Promise.resolve({ title: phone.mac, offer: offerOf('CT12D97', `${phone.mac}.bin`) }),
    },
  });
  const phones = macs.map((each, at) => site.phone({ mac: each }, '192.0.2.20', 30_000 + at));
  for (const phone of phones) phone.hello();
  assert(await site.until(() => phones.every(({ fetched }) => fetched)));
  for (const [at, { fetched, display }] of phones.entries()) {
    assert.deepEqual(fetched && Buffer.from(fetched), Buffer.from(own[`${macs[at]}.bin`] ?? []));
    assert.equal(display.title, macs[at]);
  }
  assert(await site.until(() => site.transfers.length === count));
  assert.deepEqual(site.transfers.map(({ request }) => request.mac).sort(), macs);
});

test('the same file for phones behind one address: each has its own progress', async () => {
  const macs = ['00112233440A', '00112233440B', '00112233440C'] as Mac[];
  const site = new VirtualSite({
    ...{ files, seed: 4, delayMs: 60 },
    handler: { registered: () => Promise.resolve({ title: '', offer: offerOf('CT12D97') }) },
  });
  const phones = macs.map((each, at) => site.phone({ mac: each }, '192.0.2.20', 30_000 + at));
  for (const phone of phones) phone.hello();
  assert(await site.until(() => site.transfers.length === 3));
  assert.deepEqual(site.transfers.map(({ request }) => request.mac).sort(), macs);
});

test('what was not offered is denied, and strangers are not answered', async () => {
  const site = new VirtualSite({ files: { ...files, 'SEP.cnf': image } });
  const stranger = site.phone({ mac }, '192.0.2.66');
  stranger.fetch('CT12D97.bin');
  await site.pass(5000);
  assert.equal(site.wire.filter(({ from }) => from === 'server').length, 0);
  const phone = site.phone({ mac, asksFor: 'SEP.cnf' });
  phone.hello();
  await site.pass(1000);
  for (const label of ['Config', 'Version', 'FirmW']) {
    phone.press(label);
    await site.pass(1000);
  }
  assert.equal(phone.isDenied, true);
  assert.deepEqual(site.transfers, []);
  const { strangers, filesDenied } = site.counters.counts;
  assert(strangers > 0);
  assert.equal(filesDenied, 1);
});

test('a missing file, a handler that fails, a refusal', async () => {
  const cases = [
    [{}, /The download broke off/],
    [{ firmwareRequested: () => Promise.reject(new Error('no disk')) }, /The service has a fault/],
    [{ pointers: () => Promise.reject(new Error('no disk')) }, /The service has a fault/],
    [
      { firmwareRequested: () => Promise.resolve({ refused: 'it runs D98 already' }) },
      /it runs D98 already/,
    ],
  ] as const;
  for (const [handler, shown] of cases) {
    const site = new VirtualSite({ handler });
    const phone = site.phone({ mac });
    phone.hello();
    await site.pass(1000);
    for (const label of ['Config', 'Version', 'FirmW']) {
      phone.press(label);
      await site.pass(1000);
    }
    assert.match(phone.display.lines.join(' '), shown);
    phone.press('Back');
    await site.pass(1000);
    assert.equal(phone.display.softKeys[0], 'Config');
  }
});
