import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runHere } from '../src/cli/testing/run-app.ts';
import { nortel2004 } from '../src/families/nortel-2004/nortel-2004.ts';
import type { LoadOrder } from '../src/model/plan.ts';
import type { Revisions } from '../src/model/revision.ts';
import { effectiveSettings, type SettingValues } from '../src/model/settings.ts';
import { languageFile } from '../src/twin/nortel-2004/language-file.ts';
import type { NortelMemory } from '../src/twin/nortel-2004/nortel-memory.ts';
import { asked, nortelImage, nortelTrial, sipPhone } from '../src/twin/testing/nortel-trial.ts';
import { nortelSite, type NortelSite } from './nortel-site.ts';
import { mac } from './virtual-site.ts';

/**
 * VERSION, DOWNLOAD_MODE and language files of NN42020-202, sections 3, 5 and 6: the product writes
 * `2004tftp.cfg`, and the virtual phone decides.
 */

const data = '2004sysConfig.dat';
const [model = { name: '2004', lines: 6 }] = nortel2004.models;

type Made = {
  readonly order?: LoadOrder;
  readonly values?: SettingValues;
  readonly revisions?: Revisions;
};

function rendered({ order = {}, values = {}, revisions = new Map() }: Made) {
  const settings = effectiveSettings([{ scope: 'fleet', name: '', values }]);
  const { files, findings } = nortel2004.render({ mac, model, settings, order, revisions });
  assert.deepEqual(findings, []);
  return Object.fromEntries(files.map(({ path, content }) => [path, content]));
}

const images = ['0604D98', '0692D92c09', '0692D93c08', '0692D93c09', '0692D94c01', '0692D9Ac01'];
const library = Object.fromEntries(
  images.map((image) => [`${image.slice(0, 7)}.bin`, nortelImage(image)]),
);

async function decided(made: Made, memory: Partial<NortelMemory>, image = '0692D93c08') {
  const flash = sipPhone(image, memory);
  const own = made.order?.['image'] ?? '';
  const firmware = own === '' ? {} : { [`${own.slice(0, 7)}.bin`]: nortelImage(withSuffix(own)) };
  const files = { ...library, ...firmware, ...languages, ...rendered(made) };
  // One start: what is stored shows in the flash, not in a second round.
  const trial = await nortelTrial({ flash, files, until: 1 });
  return { asked: asked(trial), memory: trial.memory };
}

const withSuffix = (image: string) => (/^0692.{3}$/.test(image) ? `${image}c08` : image);

type DataRow = readonly [
  what: string,
  base: string,
  revision: number,
  forced: boolean,
  cached: string | undefined,
  taken: string | undefined,
];

const dataRows: readonly DataRow[] = [
  ['the first time', '', 1, false, undefined, '000001'],
  ['nothing has changed', '', 1, false, '000001', undefined],
  ['changed once', '', 2, false, '000001', '000002'],
  ['changed often while it was off', '', 40, false, '000001', '000040'],
  ['nine to ten', '', 10, false, '000009', '000010'],
  ['it has a higher one of another server', '', 2, false, '000020', undefined],
  ['the same, told FORCED', '', 2, true, '000020', '000002'],
  ['FORCED with what it has', '', 2, true, '000002', '000002'],
  ['begun after what the other server had', '000020', 1, false, '000020', '000021'],
  ['six characters, a letter last', '00002A', 1, false, '00002A', '00002B'],
  ['from the last digit to letters', '999999', 1, false, '999999', '99999A'],
  ['from the last capital to small letters', '00002Z', 1, false, '00002Z', '00002a'],
  ['past the last letter', '00002z', 1, false, '00002z', '000030'],
  ['shorter than six', '20', 1, false, '000020', '000021'],
];

describe('DEVICE_CONFIG', () => {
  for (const [what, base, revision, forced, cached, taken] of dataRows)
    test(`${what}: ${taken === undefined ? 'kept' : `taken as ${taken}`}`, async () => {
      const values = { BANNER: 'Lobby', ...(base !== '' && { 'DEVICE_CONFIG/VERSION': base }) };
      const made = { values, revisions: new Map([[data, { revision, forced }]]) };
      const has = cached === undefined ? {} : { deviceConfig: cached };
      const { asked, memory } = await decided(made, { cached: has });
      assert.equal(asked.includes(data), taken !== undefined);
      assert.equal(memory.cached.deviceConfig, taken ?? cached);
      assert.equal(memory.settings['BANNER'], taken === undefined ? undefined : 'Lobby');
    });
});

type ImageRow = readonly [
  what: string,
  runs: string,
  told: string,
  mode: 'AUTO' | 'FORCED',
  ends: string | undefined,
];

const imageRows: readonly ImageRow[] = [
  ['what it has by UFTP', '0692D93c08', '0692D93c08', 'AUTO', undefined],
  ['a later release', '0692D93c08', '0692D94c01', 'AUTO', '0692D94c01'],
  ['a release with a letter for a digit', '0692D94c01', '0692D9Ac01', 'AUTO', '0692D9Ac01'],
  ['a later build', '0692D93c08', '0692D93c09', 'AUTO', '0692D93c09'],
  ['an earlier build', '0692D93c09', '0692D93c08', 'AUTO', undefined],
  ['an earlier build, forced', '0692D93c09', '0692D93c08', 'FORCED', '0692D93c08'],
  ['an earlier release', '0692D94c01', '0692D93c08', 'AUTO', undefined],
  ['an earlier release, forced', '0692D94c01', '0692D93c08', 'FORCED', '0692D93c08'],
  ['earlier with a higher build', '0692D93c08', '0692D92c09', 'AUTO', undefined],
  ['without suffix', '0692D93c08', '0692D93', 'AUTO', undefined],
  ['the same, forced: again at each start', '0692D93c08', '0692D93c08', 'FORCED', '0692D93c08'],
  ['UNIStim', '0692D93c08', '0604D98', 'AUTO', undefined],
  ['UNIStim, forced: the revert', '0692D93c08', '0604D98', 'FORCED', '0604D98'],
];

describe('FW', () => {
  for (const [what, runs, told, mode, ends] of imageRows)
    test(`${what}, ${told} ${mode} to ${runs}: ${ends === undefined ? 'kept' : 'taken'}`, async () => {
      const made = { order: { image: told, mode, via: 'tftp' } };
      const { asked, memory } = await decided(made, {}, runs);
      assert.equal(asked.includes(`${told.slice(0, 7)}.bin`), ends !== undefined);
      assert.equal(memory.image, ends ?? runs);
      // The revert leaves port and action of SIP on the phone.
      const S1 = memory.servers['S1'];
      assert.deepEqual([S1?.port, S1?.action], [5060, 7]);
    });

  test('what goes by UFTP is not named', async () => {
    const made = { order: { image: '0692D94c01', mode: 'FORCED', via: 'uftp' } };
    const { asked, memory } = await decided(made, {});
    assert.deepEqual(asked, ['2004tftp.cfg', data]);
    assert.equal(memory.image, '0692D93c08');
  });
});

const languages: Readonly<Record<string, string>> = {
  'old.lng': '# 2005-01-01\nbonjour\n',
  'francais.lng': '# 2006-09-18\nbonjour\n',
  'plain.lng': 'bonjour\n',
};

function kept(file: string, text: string): NortelMemory['cached'] {
  return { language: languageFile(file, Buffer.from(text)) };
}

const later = '# 2007-01-01\nsalut\n';
type LanguageRow = readonly [
  what: string,
  file: string,
  mode: 'AUTO' | 'FORCED',
  version: string,
  cached: NortelMemory['cached'],
  takes: boolean,
];

const languageRows: readonly LanguageRow[] = [
  ['the first time', 'francais.lng', 'AUTO', '000002', {}, true],
  [
    'older on the phone',
    'francais.lng',
    'AUTO',
    '000002',
    kept('francais.lng', '# 2005-01-01'),
    true,
  ],
  [
    'as old on the phone',
    'francais.lng',
    'AUTO',
    '000002',
    kept('francais.lng', '# 2006-09-18'),
    false,
  ],
  ['newer on the phone', 'francais.lng', 'AUTO', '000002', kept('francais.lng', later), false],
  [
    'newer on the phone, VERSION raised',
    'francais.lng',
    'AUTO',
    '999999',
    kept('francais.lng', later),
    false,
  ],
  [
    'newer on the phone, forced',
    'francais.lng',
    'FORCED',
    '000001',
    kept('francais.lng', later),
    true,
  ],
  ['another language', 'old.lng', 'AUTO', '000002', kept('francais.lng', later), true],
  ['without time, the same', 'plain.lng', 'AUTO', '000002', kept('plain.lng', 'bonjour\n'), false],
  ['without time, another', 'plain.lng', 'AUTO', '000002', kept('plain.lng', 'salut\n'), true],
  ['in other letters, which TFTP does not find', 'Francais.lng', 'AUTO', '000002', {}, false],
];

describe('LANGUAGE', () => {
  for (const [what, file, mode, version, cached, takes] of languageRows)
    test(`${what}: ${takes ? 'taken' : 'kept'}`, async () => {
      const values = {
        'LANGUAGE/FILENAME': file,
        'LANGUAGE/DOWNLOAD_MODE': mode,
        'LANGUAGE/VERSION': version,
      };
      const { memory } = await decided({ values }, { cached });
      const { language } = memory.cached;
      assert.deepEqual(
        [language?.file, language?.digest],
        takes
          ? [file, languageFile(file, Buffer.from(languages[file] ?? '')).digest]
          : [cached.language?.file, cached.language?.digest],
      );
    });
});

describe('the product over several starts', () => {
  const siteWith = async (from: string, settings: () => SettingValues = () => ({})) => {
    const site = await nortelSite({ from, to: '0692D93c08', settings });
    await site.says(from);
    return site;
  };
  const fetched = async (site: NortelSite) => {
    const before = site.left.length;
    await site.boot();
    return site.left.slice(before).map((file) => file.replace(/ by .*/, ''));
  };

  test('settings: fetched when they are others, and then once', async () => {
    let settings: SettingValues = { BANNER: 'Lobby' };
    const site = await siteWith('0692D93c08', () => settings);
    assert.deepEqual(await fetched(site), ['2004tftp.cfg', data]);
    assert.deepEqual(await fetched(site), ['2004tftp.cfg']);
    for (const BANNER of ['Hall', 'Lobby', 'Hall']) {
      settings = { BANNER };
      assert.deepEqual(await fetched(site), ['2004tftp.cfg', data], BANNER);
      assert.equal(site.flash.read().settings['BANNER'], BANNER);
      assert.deepEqual(await fetched(site), ['2004tftp.cfg'], BANNER);
    }
    assert.equal(site.flash.read().cached.deviceConfig, '000004');
  });

  test('a lower release: FORCED once, AUTO from the next start on', async () => {
    const site = await siteWith('0692D94c01');
    assert.deepEqual(await fetched(site), [
      ...['2004tftp.cfg', data, '0692D93.bin'],
      '2004tftp.cfg',
    ]);
    assert.deepEqual(await fetched(site), ['2004tftp.cfg']);
    assert.equal((await site.state()).progress?.state, 'done');
  });

  test('data of another server: passed over once, then told FORCED once', async () => {
    const site = await siteWith('0692D93c08');
    const now = site.flash.read();
    site.flash.write({ ...now, cached: { ...now.cached, deviceConfig: '000020' } });
    assert.deepEqual(await fetched(site), ['2004tftp.cfg']);
    assert.deepEqual(await fetched(site), ['2004tftp.cfg', data]);
    assert.deepEqual(await fetched(site), ['2004tftp.cfg']);
    assert.equal(site.flash.read().cached.deviceConfig, '000001');
  });
});

/** Typed from the note's listings: sections 2, 3 and 4. */
const parameters = [
  ...['SIP_DOMAIN1', 'SIP_DOMAIN2', 'DNS_DOMAIN', 'FORCE_BANNER', 'UPDATE_USERS', 'DEF_USER1'],
  ...['DEF_USER2', 'SIP_PING', 'DST_ENABLED', 'TIMEZONE_OFFSET', 'VMAIL', 'VMAIL_DELAY'],
  ...['DEF_LANG', 'MAX_INBOX_ENTRIES', 'MAX_OUTBOX_ENTRIES', 'MAX_REJECTREASONS'],
  ...['MAX_PRESENCENOTE', 'MAX_CALLSUBJECT', 'BANNER', 'DEF_AUDIO_QUALITY', 'DEF_DISPLAY_IM'],
  ...['AUTO_UPDATE', 'AUTO_UPDATE_TIME'],
  ...['DEVICE_CONFIG', 'LANGUAGE', 'FW'].flatMap((section) =>
    ['DOWNLOAD_MODE', 'VERSION', 'FILENAME', 'SERVER_IP', 'SERVER_PORT'].map(
      (keyword) => `${section}/${keyword}`,
    ),
  ),
  ...['S1', 'S2'].flatMap((server) =>
    ['IP', 'Port', 'Action', 'Domain'].map((what) => `${server}.Server.${what}`),
  ),
  ...['TFTP.Server.IP', 'DNS.Server.IP'],
];

test(`hookflash reference knows the ${parameters.length} parameters of the note`, async () => {
  for (const key of parameters) {
    const { code, out, err } = await runHere('reference', key);
    const text = out.join('\n');
    assert.equal(code, 0, `${key}: ${err.join()}`);
    assert.ok(text.includes(`${key}  (Nortel IP Phone 2004:`), `${key}: ${text}`);
    assert.match(text, /Source +NN42020-202, section [234]/, key);
  }
});
