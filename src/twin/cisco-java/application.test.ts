import assert from 'node:assert/strict';
import { test } from 'node:test';
import { javaTrial, javaTrialWith, memoryOf, modelNamed, sepFor } from '../testing/java-trial.ts';
import { answers, type Files, testMac } from '../testing/trial.ts';

const sep = `SEP${testMac}.cnf.xml`;
const line = '<sipLines><line><name>100</name></line></sipLines>';
const profile = (more = '') =>
  `<sipProfile><phoneLabel>Desk</phoneLabel>${line}${more}</sipProfile>`;
const member = (name: string) =>
  `<callManagerGroup><members><member><callManager><processNodeName>${name}</processNodeName></callManager></member></members></callManagerGroup>`;

function xmlDefault(number: number, load: string, server = ''): Files {
  const text = `<Default>${member(server)}<loadInformation${number}>${load}</loadInformation${number}></Default>`;
  return { 'XMLDefault.cnf.xml': text };
}

test('8.x asks for trust list and its own file', async () => {
  const { result, events } = await javaTrial('SIP41.8-5-2S', sepFor('', profile()));
  assert.deepEqual(answers(events), [
    `CTLSEP${testMac}.tlv missing`,
    `${sep} sent`,
    'AppDialRules.xml missing',
  ]);
  assert.deepEqual([result.state, result.display, result.boots], ['idle', 'Desk', 1]);
});

test('9.x asks for identity lists too, about 150 ms apart', async () => {
  const model = modelNamed('7962');
  const { events } = await javaTrial('SIP42.9-4-2S', sepFor('', profile()), { model });
  assert.deepEqual(answers(events), [
    `CTLSEP${testMac}.tlv missing`,
    `ITLSEP${testMac}.tlv missing`,
    'ITLFile.tlv missing',
    `${sep} sent`,
    'AppDialRules.xml missing',
  ]);
  const asked = events.filter((event) => event.kind === 'request').map(({ at }) => at);
  asked.slice(1).forEach((at, index) => {
    const gap = at - (asked[index] ?? 0);
    assert.ok(gap >= 150 && gap < 160, `${gap} ms`);
  });
});

test('tones, dial plan, soft keys and dial rules by the names in its file', async () => {
  const files = '<dialTemplate>plan.xml</dialTemplate><softKeyFile>keys.xml</softKeyFile>';
  const more = `${profile(files)}<networkLocale>United_States</networkLocale>`;
  const { events } = await javaTrial('SIP41.8-5-2S', sepFor('', more));
  assert.deepEqual(
    answers(events).slice(2),
    ['United_States/g3-tones.xml', 'plan.xml', 'keys.xml', 'AppDialRules.xml'].map(
      (file) => `${file} missing`,
    ),
  );
});

test('SCCP takes the tones alone, and registers', async () => {
  const more = `${profile('<dialTemplate>plan.xml</dialTemplate>')}<networkLocale>US</networkLocale>`;
  const { result, events } = await javaTrial('SCCP41.8-5-2S', sepFor('', more));
  assert.deepEqual(answers(events).slice(2), ['US/g3-tones.xml missing']);
  assert.equal(result.display, 'Registering');
});

test('a locale whose version it has is not fetched again', async () => {
  const locale = (version: string) =>
    `<networkLocaleInfo><name>US</name><version>${version}</version></networkLocaleInfo>`;
  const memory = memoryOf('7961', 'SCCP41.8-5-2S');
  const boot = async (version: string) => {
    const { events } = await javaTrialWith(memory, sepFor('', locale(version)));
    return answers(events).includes('US/g3-tones.xml missing');
  };
  assert.deepEqual(
    [await boot('8.5'), await boot('8.5'), await boot('9.0'), await boot('')],
    [true, false, true, true],
  );
});

test('without lines there is nothing to register', async () => {
  const { result } = await javaTrial('SIP41.8-5-2S', sepFor(''));
  assert.deepEqual([result.state, result.display], ['idle', 'Phone Unprovisioned']);
});

test('its own file is missing: the load of its number in XMLDefault.cnf.xml', async () => {
  for (const [model, number, load] of [
    ['7961', 30018, 'SCCP41.8-5-2S'],
    ['7970', 30006, 'SCCP70.8-5-2S'],
    ['7911', 307, 'SCCP11.8-5-2S'],
  ] as const) {
    const files = xmlDefault(number, load, '10.0.0.9');
    const { result, events } = await javaTrial(load, files, { model: modelNamed(model) });
    assert.deepEqual(answers(events), [
      `CTLSEP${testMac}.tlv missing`,
      `${sep} missing`,
      'XMLDefault.cnf.xml sent',
    ]);
    assert.deepEqual([result.state, result.display], ['idle', 'Registering']);
  }
});

test("another model's load in XMLDefault.cnf.xml is none of its own", async () => {
  const files = xmlDefault(30006, 'SCCP70.9-4-2S', '10.0.0.9');
  const { result, events } = await javaTrial('SCCP41.8-5-2S', files);
  assert.ok(!answers(events).some((answer) => answer.includes('SCCP70')));
  assert.equal(result.state, 'idle');
});

test('9.x may leave XMLDefault.cnf.xml out; 8.x never does', async () => {
  for (const [load, asks] of [
    ['SCCP41.9-4-2S', false],
    ['SCCP41.8-5-2S', true],
  ] as const) {
    const files = xmlDefault(30018, load, '10.0.0.9');
    const { events } = await javaTrial(load, files, { asksForDefault: false });
    assert.equal(answers(events).includes('XMLDefault.cnf.xml sent'), asks);
  }
});

test('no file at all: it asks for ever', async () => {
  const { result, events } = await javaTrial('SIP41.8-5-2S', {});
  assert.deepEqual([result.state, result.display], ['stuck', `TFTP Not Found : ${sep}`]);
  assert.equal(answers(events).filter((answer) => answer.startsWith('SEP')).length, 3);
});

test('XMLDefault.cnf.xml without CallManager leaves nobody to register with', async () => {
  const { result } = await javaTrial('SCCP41.8-5-2S', xmlDefault(30018, 'SCCP41.8-5-2S'));
  assert.deepEqual([result.state, result.because], ['stuck', 'no CallManager is named']);
});

test('a silent server: what it kept is enough', async () => {
  const memory = memoryOf('7961', 'SIP41.8-5-2S');
  const silent = () => ({ kind: 'silent' }) as const;
  const before = await javaTrialWith(memory, silent);
  assert.equal(before.result.state, 'stuck');
  await javaTrialWith(memory, sepFor('', profile()));
  const after = await javaTrialWith(memory, silent);
  assert.deepEqual([after.result.state, after.result.display], ['idle', 'Desk']);
});

test('a file that is no XML is as good as none', async () => {
  const { result } = await javaTrial('SIP41.8-5-2S', { [sep]: '<device>' });
  assert.equal(result.state, 'stuck');
  assert.match(result.because ?? '', /^SEP.*: /);
});

test('files over 550 001 bytes are refused, unless they are firmware', async () => {
  const padded = (length: number) => {
    const { [sep]: text = '' } = sepFor('', profile());
    return { [sep]: String(text) + ' '.repeat(length - String(text).length) };
  };
  const fits = await javaTrial('SIP41.8-5-2S', padded(550_001));
  assert.equal(fits.result.state, 'idle');
  const large = await javaTrial('SIP41.8-5-2S', padded(550_002));
  assert.equal(large.result.state, 'stuck');
  assert.match(large.result.because ?? '', /error 3/);
});

test('a byte order mark and the unbound prefix do no harm', async () => {
  const { [sep]: text = '' } = sepFor('', profile());
  const marked = `\u00ef\u00bb\u00bf${String(text).replace('<device>', '<device xsi:type="axl:XIPPhone">')}`;
  const { result } = await javaTrial('SIP41.8-5-2S', { [sep]: Buffer.from(marked, 'latin1') });
  assert.equal(result.display, 'Desk');
});
