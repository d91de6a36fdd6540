import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { images, labSite, loopbackPlace, mac, provision, user } from './lab-note-site.ts';

/**
 * The lab note NN42020-202 in its own order, with the servers as they run and a virtual phone.
 * `hookflash` commands are what the operator types.
 */

const site = [
  ...['--set', 'LANGUAGE/FILENAME=Francais.lng', '--set', 'DEF_LANG=Francais'],
  ...['--set', 'DEF_USER1=userid?', '--set', 'BANNER=Billerica SIP Client'],
];
const withLogin = ['--login', `${user.name}:${user.password}`, '--until', 'registered'];

type Shown = { readonly running?: string; readonly progress?: { readonly state: string } };

test('NN42020-202, the image wanted for the phone: to SIP, newer, back to UNIStim, to SIP again', async (t) => {
  const place = loopbackPlace();
  const lab = await labSite(t, place, ['--image', '0692D93c08', ...site]);
  const { boot, ok, tftp } = lab;
  const shown = async () => JSON.parse(await ok('phone', 'show', mac, '--json')) as Shown;
  const control = async () => {
    const { out } = await boot('--json').then(() => ({ out: '' }));
    return out;
  };
  void control;
  await provision(lab);

  await t.test('5, step 4: FirmW, transitional, SIP, TFTP, login screen', async () => {
    const { end, lines, files, flash } = await boot(
      ...['--unistim', `${place.server}:5000`, '--press', 'FirmW'],
    );
    assert.deepEqual(files, [
      // "originates directly from the IPCM", "immediately reboots and continues".
      ...['CT12D97.bin sent by uftp', '0692D93.bin sent by uftp'],
      // "queries the TFTP server and downloads the 2004tftp.cfg file"; data and language, no firmware.
      ...['2004tftp.cfg sent', '2004sysConfig.dat sent', 'Francais.lng sent'],
    ]);
    assert.deepEqual(
      [end.state, end.protocol, end.image, end.boots, end.display],
      ['idle', 'SIP', '0692D93c08', 3, 'Login: userid?'],
    );
    // 5: "The UDP Port is set to 5060 and the Server.Action is set to 7."
    assert.deepEqual(flash.servers.S1, {
      ...{ address: place.server, port: 5060, action: 7, retries: 10 },
    });
    assert.equal(flash.cached.firmware, '0692D93c08');
    const fromServer = lines.filter(({ event, from }) => event === 'unistim' && from === 'server');
    assert.ok(fromServer.some(({ text = '' }) => text.includes('download of CT12D97.bin')));
    assert.equal((await shown()).running, '0692D93c08');
  });

  await t.test('5: a user logs in and registers; the same files are not fetched again', async () => {
    const { end, files, flash } = await boot(...withLogin);
    assert.deepEqual([end.state, end.display], ['idle', 'Billerica SIP Client']);
    // 3: a VERSION that is not greater: no download. The language file's time decides.
    assert.deepEqual(files, ['2004tftp.cfg sent', 'Francais.lng sent']);
    assert.ok(Object.hasOwn(flash.profiles, user.name));
  });

  await t.test('3 and 5: newer firmware by TFTP alone, as its version id is greater', async () => {
    await ok('phone', 'set', mac, '--image', images[3]);
    const { end, files, flash } = await boot();
    assert.ok(files.includes('0692D94.bin sent'), files.join(', '));
    assert.ok(files.every((each) => !each.includes('uftp')));
    assert.deepEqual([end.state, end.image], ['idle', '0692D94c01']);
    assert.equal(flash.cached.firmware, '0692D94c01');
    assert.equal(flash.servers.S1?.action, 7);
    assert.equal((await boot()).files.filter((each) => each.startsWith('0692')).length, 0);
    assert.equal((await shown()).running, '0692D94c01');
  });

  await t.test('6: FORCED back to 0604D98; port and action are cached, the first try fails', async () => {
    await ok('phone', 'set', mac, '--image', '0604D98');
    const { end, lines, files, flash } = await boot();
    assert.ok(files.includes('0604D98.bin sent'), files.join(', '));
    const forced = lines.find(({ text = '' }) => /FW: .*FORCED/i.test(text));
    void forced;
    assert.deepEqual([end.state, end.protocol, end.image], ['stuck', 'UNIStim', '0604D98']);
    assert.match(end.display ?? '', /unreachable/i);
    const { port, action } = flash.servers.S1 ?? {};
    assert.deepEqual([port, action], [5060, 7]);
  });

  await t.test('6: 5000 and 1 provisioned: UNIStim; FORCED is taken back', async () => {
    const { end } = await boot('--s1', `${place.server}:5000,1`);
    assert.deepEqual([end.state, end.protocol, end.image], ['idle', 'UNIStim', '0604D98']);
    assert.equal((await shown()).running, '0604D98');
    const files = await ok('render', mac, '--json');
    assert.doesNotMatch(files, /DOWNLOAD_MODE FORCED/);
  });

  await t.test('6: back to SIP "again requires the IPCM server"', async () => {
    await ok('phone', 'set', mac, '--image', '0692D93c08');
    const { end, files } = await boot('--press', 'FirmW');
    assert.deepEqual(files.slice(0, 3), [
      ...['CT12D97.bin sent by uftp', '0692D93.bin sent by uftp', '2004tftp.cfg sent'],
    ]);
    assert.ok(!files.some((each) => /^0(?:692|604).*sent$/.test(each)), files.join(', '));
    assert.deepEqual([end.state, end.protocol, end.image], ['idle', 'SIP', '0692D93c08']);
  });
  void [writeFile, join, tftp];
});
