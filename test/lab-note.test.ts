import assert from 'node:assert/strict';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { images, inVain, labSite, loopbackPlace, mac, provision, user } from './lab-note-site.ts';

/**
 * The lab note NN42020-202 in its own order, with the servers as they run and a virtual phone.
 * `hookflash` commands are what the operator types.
 */

const site = [
  ...['--set', 'LANGUAGE/FILENAME=Francais.lng', '--set', 'DEF_LANG=Francais'],
  ...['--set', 'DEF_USER1=userid?', '--set', 'BANNER=Billerica SIP Client'],
];
const withLogin = ['--login', `${user.name}:${user.password}`, '--until', 'registered'];

type Shown = { readonly running?: string };

describe('NN42020-202', { concurrency: true }, () => {
  test('the image wanted for the phone: to SIP, newer, back to UNIStim, to SIP again', async (t) => {
    const place = loopbackPlace();
    const lab = await labSite(t, place, ['--image', '0692D93c08', ...site]);
    const { boot, ok } = lab;
    const shown = async () => JSON.parse(await ok('phone', 'show', mac, '--json')) as Shown;
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
      const fromServer = lines.filter(
        ({ event, from }) => event === 'unistim' && from === 'server',
      );
      assert.ok(fromServer.some(({ text = '' }) => text.includes('download of CT12D97.bin')));
      // The suffix is not in the file's name; the plan is done all the same.
      assert.match((await shown()).running ?? '', /^0692D93(?:c08)?$/);
    });

    await t.test(
      '5: a user logs in and registers; the same files are not fetched again',
      async () => {
        const { end, files, flash } = await boot(...withLogin);
        assert.deepEqual([end.state, end.display], ['idle', 'Billerica SIP Client']);
        // 3: a VERSION that is not greater: no download. The language file's time decides.
        assert.deepEqual(files, ['2004tftp.cfg sent', 'Francais.lng sent']);
        assert.ok(Object.hasOwn(flash.profiles, user.name));
      },
    );

    await t.test(
      '3 and 5: newer firmware by TFTP alone, as its version id is greater',
      async () => {
        await ok('phone', 'set', mac, '--image', images[3]);
        const { end, files, flash } = await boot();
        assert.ok(files.includes('0692D94.bin sent'), files.join(', '));
        assert.ok(files.every((each) => !each.includes('uftp')));
        assert.deepEqual([end.state, end.image], ['idle', '0692D94c01']);
        assert.equal(flash.cached.firmware, '0692D94c01');
        assert.equal(flash.servers.S1?.action, 7);
        assert.equal((await boot()).files.filter((each) => each.startsWith('0692')).length, 0);
        assert.equal((await shown()).running, '0692D94c01');
      },
    );

    await t.test('3: FORCED to a lower version id, taken back once it runs', async () => {
      await ok('phone', 'set', mac, '--image', '0692D93c08');
      const { end, files } = await boot();
      assert.deepEqual(
        files.filter((each) => each.startsWith('0692')),
        ['0692D93.bin sent'],
      );
      assert.deepEqual([end.state, end.image, end.boots], ['idle', '0692D93c08', 2]);
    });

    await t.test(
      '6: FORCED back to 0604D98; port and action are cached, the first try fails',
      async () => {
        await ok('phone', 'set', mac, '--image', '0604D98');
        const { end, files, flash } = await boot(...inVain);
        assert.ok(files.includes('0604D98.bin sent'), files.join(', '));
        assert.deepEqual([end.state, end.protocol, end.image], ['stuck', 'UNIStim', '0604D98']);
        assert.match(end.display ?? '', /unreachable/i);
        const { port, action } = flash.servers.S1 ?? {};
        assert.deepEqual([port, action], [5060, 7]);
      },
    );

    await t.test('6: 5000 and 1 provisioned: UNIStim', async () => {
      const { end } = await boot('--s1', `${place.server}:5000,1`);
      assert.deepEqual([end.state, end.protocol, end.image], ['idle', 'UNIStim', '0604D98']);
      assert.equal((await shown()).running, '0604D98');
    });

    await t.test('6: back to SIP "again requires the IPCM server"', async () => {
      await ok('phone', 'set', mac, '--image', '0692D93c08');
      const { end, files } = await boot('--press', 'FirmW');
      assert.deepEqual(files.slice(0, 3), [
        ...['CT12D97.bin sent by uftp', '0692D93.bin sent by uftp', '2004tftp.cfg sent'],
      ]);
      // FORCED, left on, would be obeyed now.
      assert.ok(!files.some((each) => /^0(?:692|604).*sent$/.test(each)), files.join(', '));
      assert.deepEqual([end.state, end.protocol, end.image], ['idle', 'SIP', '0692D93c08']);
    });
  });

  /** Section 3; `[FW]` as it is given. */
  const controlFile = (fw: string) => `[DEVICE_CONFIG]
DOWNLOAD_MODE AUTO
VERSION 000020
FILENAME 2004sysConfig.dat
# SERVER_IP 0.0.0.0
# SERVER_PORT 69

[LANGUAGE]
DOWNLOAD_MODE AUTO
VERSION 000002
FILENAME Francais.lng
# SERVER_IP 0.0.0.0
# SERVER_PORT 69

[FW]
${fw}
# SERVER_IP 0.0.0.0
# SERVER_PORT 69
`;

  const current =
    'DOWNLOAD_MODE AUTO\nVERSION 0692D93c08\nFILENAME 2004SIP.img\n#FILENAME 0604D98.bin';
  const newer = current.replace('0692D93c08', '0692D94c01');
  /** Section 6. */
  const back =
    'DOWNLOAD_MODE FORCED\nVERSION 0692D93c08\n#FILENAME 2004SIP.img\nFILENAME 0604D98.bin';

  const sysConfig = `SIP_DOMAIN1 nortel.com
DEF_USER1 userid?
DEF_LANG English
BANNER Billerica SIP Client
AUTO_UPDATE NO
`;

  test('no image wanted, files by hand: what the IPCM is provisioned with decides', async (t) => {
    const place = loopbackPlace();
    const lab = await labSite(t, place, []);
    const { boot, ok, dir } = lab;
    const files = join(dir, 'files');
    const control = (fw: string) => writeFile(join(files, '2004tftp.cfg'), controlFile(fw));
    await writeFile(join(files, '2004sysConfig.dat'), sysConfig);
    await control(current);
    // 5, step 1: "Rename the SIP-enabled firmware file (0692D93.bin) to 2004SIP.img if necessary."
    await copyFile(join(dir, 'firmware', '0692D93.bin'), join(files, '2004SIP.img'));
    const press = ['--unistim', `${place.server}:5000`, '--press', 'FirmW'];
    const toSip = ['CT12D97.bin sent by uftp', '0692D93.bin sent by uftp', '2004tftp.cfg sent'];

    await t.test('5, step 3: "If this option is unchecked, UNIStim-based firmware"', async () => {
      await provision(lab, 'off');
      const same = await boot(...press);
      assert.deepEqual([same.files, same.end.image], [[], '0604D98']);
    });

    await t.test('5: checked, transitional and SIP firmware, then the files', async () => {
      await provision(lab);
      const { end, files: fetched } = await boot(...press);
      assert.deepEqual(fetched, [...toSip, '2004sysConfig.dat sent', 'Francais.lng sent']);
      assert.deepEqual([end.state, end.image], ['idle', '0692D93c08']);
    });

    await t.test('3: a data file that changed, with and without its VERSION raised', async () => {
      await writeFile(join(files, '2004sysConfig.dat'), sysConfig.replace('Billerica', 'Boston'));
      const passed = await boot(...withLogin);
      assert.equal(passed.end.display, 'Billerica SIP Client');
      await writeFile(
        join(files, '2004tftp.cfg'),
        controlFile(current).replace('VERSION 000020', 'VERSION 000021'),
      );
      const { end, files: fetched, flash } = await boot(...withLogin);
      assert.ok(fetched.includes('2004sysConfig.dat sent'));
      assert.deepEqual([end.state, flash.cached.deviceConfig], ['idle', '000021']);
      assert.equal(flash.settings.BANNER, 'Boston SIP Client');
    });

    await t.test('3: a greater version id, and the same again', async () => {
      await control(newer);
      await copyFile(join(dir, 'firmware', '0692D94.bin'), join(files, '2004SIP.img'));
      const { end, files: fetched } = await boot();
      assert.deepEqual(
        fetched.filter((each) => each.startsWith('2004SIP')),
        ['2004SIP.img sent'],
      );
      assert.equal(end.image, '0692D94c01');
    });

    await t.test('6: FORCED, the VERSION left as it was; 5060 and 7 stay; 5000 and 1', async () => {
      await control(back);
      const failed = await boot(...inVain);
      assert.ok(failed.files.includes('0604D98.bin sent'));
      assert.deepEqual([failed.end.state, failed.end.image], ['stuck', '0604D98']);
      assert.deepEqual([failed.flash.servers.S1?.port, failed.flash.servers.S1?.action], [5060, 7]);
      // The last of them may lie on the phone as it pleases: UNIStim software does not read the file.
      const again = await boot('--s1', `${place.server}:5000,1`);
      assert.deepEqual([again.end.state, again.end.protocol, again.files], ['idle', 'UNIStim', []]);
    });

    await t.test('6: to SIP by the IPCM again', async () => {
      await control(current);
      await copyFile(join(dir, 'firmware', '0692D93.bin'), join(files, '2004SIP.img'));
      const { end, files: fetched } = await boot('--press', 'FirmW');
      assert.deepEqual(fetched.slice(0, 3), toSip);
      assert.deepEqual([end.state, end.image], ['idle', '0692D93c08']);
      assert.equal(await ok('ipcm', 'show', '--json').then((text) => text.includes('D93')), true);
    });
  });
});
