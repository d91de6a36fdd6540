import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { test } from 'node:test';
import { encodeKeywordFile } from '../src/codec/config/keyword-file.ts';
import { decodeByteText, encodeByteText } from '../src/codec/text/byte-text.ts';
import { fileOf, formats } from '../src/families/nortel-2004/formats/formats.ts';
import { decodeText } from '../src/families/nortel-2004/formats/decode-text.ts';
import { withoutSecrets } from '../src/families/nortel-2004/secrets/without-secrets.ts';
import { corpus, type CorpusFile, files, skipped } from './corpus-files.ts';
import { lintMemory } from './lint-memory.ts';

const nortel = files.filter(({ name }) => name.startsWith('nortel/'));
const short = ({ name }: CorpusFile) => name.slice('nortel/'.length);

/** Published files that are none of a phone's that these codecs read, and why. */
const notOurs: Readonly<Record<string, string>> = {
  'INDEX.md': 'notes on the folder',
  'asterisk/unistim.conf.sample': 'settings of a channel driver',
  'dhcp-strings/examples.txt': 'notes on DHCP strings',
  'sipxecs/sipXnortel/etc/nortel/DialPlan.txt':
    'the dial plan of later phones, a language of its own',
  'sipxecs/sipXnortel/etc/nortel/line.xml': "a provisioning program's list of parameters",
  'sipxecs/sipXnortel/etc/nortel/phone.xml': "a provisioning program's list of parameters",
  'sipxecs/sipXnortel/etc/nortel12x0/line.xml': "a provisioning program's list of parameters",
  'sipxecs/sipXnortel/etc/nortel12x0/phone.xml': "a provisioning program's list of parameters",
  'sipxecs/sipXnortel/etc/nortel12x0/types.xml': "a provisioning program's list of parameters",
  'wazo-provd-plugins/plugins/wazo_avaya/v4_1_13/limitations.md': 'notes for people',
};

const lists = 'Nortel download list';
const settings = 'Nortel settings';
const wazo = 'wazo-provd-plugins/plugins/wazo_avaya';
const sipx = 'sipxecs/sipXnortel';

/** By a person: what each file is. */
const ours: Readonly<Record<string, readonly [format: string, dialect: string]>> = {
  'blog-freepbx-1100/1120eSIP.cfg': [lists, '11xx'],
  'blog-freepbx-1100/SIPMAC.cfg': [settings, '11xx'],
  'blog-freepbx-1100/device.cfg': [settings, '11xx'],
  'lab-note-NN42020-202/2004sysConfig.dat': [settings, '2004'],
  'lab-note-NN42020-202/2004tftp-figure1-slave.cfg': [lists, '2004'],
  'lab-note-NN42020-202/2004tftp-revert-fw-section.cfg': [lists, '2004'],
  'lab-note-NN42020-202/2004tftp.cfg': [lists, '2004'],
  'lab-note-NN42020-202/SipUpgradeConfigFile.txt': ['SipUpgradeConfigFile.txt', '2004'],
  'nickvsh-aster_configs/1120eSIP.cfg': [lists, '11xx'],
  [`${sipx}/etc/nortel/1120e.cfg`]: [lists, '11xx'],
  [`${sipx}/etc/nortel/1140e.cfg`]: [lists, '11xx'],
  [`${sipx}/etc/nortel/11xxeSIP.cfg`]: [lists, '11xx'],
  [`${sipx}/test/org/sipfoundry/sipxconfig/phone/nortel/mac_1140.cfg`]: [settings, '11xx'],
  [`${sipx}/test/org/sipfoundry/sipxconfig/phone/nortel/mac_1140_3.2.cfg`]: [settings, '11xx'],
  [`${wazo}/common/var/tftpboot/DeviceConfig.cfg`]: [settings, '11xx'],
  [`${wazo}/v4_1_13/var/tftpboot/1220.cfg`]: [lists, '11xx'],
  [`${wazo}/v4_1_13/var/tftpboot/1220SIP.cfg`]: [lists, '11xx'],
  [`${wazo}/v4_1_13/var/tftpboot/1230.cfg`]: [lists, '11xx'],
  [`${wazo}/v4_1_13/var/tftpboot/1230SIP.cfg`]: [lists, '11xx'],
};

function formatOf({ path, bytes }: CorpusFile): string | undefined {
  return formats.find((format) => format.matches(basename(path), bytes))?.format;
}

function fileNamed(name: string): CorpusFile {
  const file = nortel.find((each) => short(each) === name);
  assert.ok(file, name);
  return file;
}

test('every published file of Nortel phones is read by its codec, or named with the reason', (t) => {
  if (corpus === undefined) return t.skip(skipped);
  for (const file of nortel) {
    const name = short(file);
    const dialect = fileOf(basename(file.path), file.bytes)?.dialect;
    const expected = ours[name];
    assert.ok(expected !== undefined || notOurs[name] !== undefined, `${name} is in no list`);
    assert.deepEqual([formatOf(file), dialect], expected ?? [undefined, undefined], name);
  }
  assert.deepEqual(Object.keys({ ...ours, ...notOurs }).toSorted(), nortel.map(short).toSorted());
});

test('each of them comes back byte for byte, and no line of it is unread', (t) => {
  if (corpus === undefined) return t.skip(skipped);
  for (const name of Object.keys(ours)) {
    const { path, bytes } = fileNamed(name);
    const known = fileOf(basename(path), bytes);
    assert.ok(known);
    const { text, encoding } = decodeByteText(bytes);
    const document = decodeText(known, text);
    assert.ok(document);
    const written = encodeByteText({ text: encodeKeywordFile(document), encoding });
    assert.equal(Buffer.compare(written, bytes), 0, name);
    assert.deepEqual(
      document.lines.filter(({ kind }) => kind === 'unreadable'),
      [],
      name,
    );
  }
});

test('settings are what a person reads: first word and rest of each line', (t) => {
  if (corpus === undefined) return t.skip(skipped);
  for (const [name, [format, dialect]] of Object.entries(ours)) {
    if (format !== settings) continue;
    const { path, bytes } = fileNamed(name);
    const decoded = formats.find((each) => each.format === format)?.decode(basename(path), bytes);
    const lines = Buffer.from(bytes).toString('utf8').split(/\r?\n/);
    const expected = lines.flatMap((line) => {
      const [, key = '', value = ''] = /^\s*([^\s#]+)\s*(.*?)\s*$/.exec(line) ?? [];
      const plain = dialect === '2004' ? value : value.replace(/\s*#.*/, '');
      const isSecret = /PASSW/.test(key) && plain !== '';
      return key === '' ? [] : [[key.toUpperCase(), isSecret ? '********' : plain]];
    });
    assert.deepEqual(decoded?.['values'], Object.fromEntries(expected), name);
  }
});

test('no password of theirs goes to strangers', (t) => {
  if (corpus === undefined) return t.skip(skipped);
  const hiding = Object.keys(ours).flatMap((name) => {
    const { path, bytes } = fileNamed(name);
    const hidden = withoutSecrets(basename(path), bytes, '');
    if (hidden.kind !== 'read') return assert.fail(`${name} is ${hidden.kind}`);
    const text = Buffer.from(hidden.bytes).toString('utf8');
    assert.doesNotMatch(text, /PASSW\w*[ \t]+\S/, name);
    return hidden.names.length > 0 ? [basename(name)] : [];
  });
  assert.deepEqual(hiding, [
    'SIPMAC.cfg',
    'device.cfg',
    'mac_1140.cfg',
    'mac_1140_3.2.cfg',
    'DeviceConfig.cfg',
  ]);
});

function found(...names: readonly string[]): readonly string[] {
  const tree = names.map((name) => [basename(name), fileNamed(name).bytes] as const);
  return lintMemory(new Map(tree))
    .filter(({ code }) => code !== 'value-trailing-blank')
    .map(({ code, place }) => `${place?.file}:${place?.line ?? ''} ${code}`);
}

const note = 'lab-note-NN42020-202';

test("what is found in the lab note's own listings", (t) => {
  if (corpus === undefined) return t.skip(skipped);
  const three = ['2004tftp.cfg', '2004sysConfig.dat', 'SipUpgradeConfigFile.txt'];
  assert.deepEqual(found(...three.map((name) => `${note}/${name}`)), [
    '2004sysConfig.dat:11 hash-in-value',
    '2004tftp.cfg:11 download-missing',
    '2004tftp.cfg:18 download-missing',
  ]);
  assert.deepEqual(found(`${note}/2004tftp-figure1-slave.cfg`), []);
  assert.deepEqual(found(`${note}/2004tftp-revert-fw-section.cfg`), [
    '2004tftp-revert-fw-section.cfg:2 forced-left-on',
    '2004tftp-revert-fw-section.cfg:3 revert-version',
    '2004tftp-revert-fw-section.cfg:5 download-missing',
  ]);
});

test('what is found in the files of later phones', (t) => {
  if (corpus === undefined) return t.skip(skipped);
  const later = Object.keys(ours).filter((name) => ours[name]?.[1] === '11xx');
  const all = later.flatMap((name) => found(name).map((line) => `${name.split('/')[0]}: ${line}`));
  assert.deepEqual(all, [
    'blog-freepbx-1100: 1120eSIP.cfg:3 placeholder-left',
    'blog-freepbx-1100: SIPMAC.cfg:2 placeholder-left',
    'blog-freepbx-1100: device.cfg:1 placeholder-left',
    'blog-freepbx-1100: device.cfg:16 secret-in-common-file',
    'sipxecs: mac_1140.cfg:1 secret-in-common-file',
    'sipxecs: mac_1140.cfg:134 secret-in-common-file',
    'sipxecs: mac_1140_3.2.cfg:1 secret-in-common-file',
    'sipxecs: mac_1140_3.2.cfg:261 secret-in-common-file',
    'sipxecs: mac_1140_3.2.cfg:263 secret-in-common-file',
    'wazo-provd-plugins: DeviceConfig.cfg:6 secret-in-common-file',
  ]);
});
