import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { partsOf } from './keyword-file.ts';
import {
  decodeSectionFile,
  downloadSections,
  encodeSectionFile,
  laterSections,
  type NewSection,
  sectionsOf2004,
  writeSectionFile,
} from './section-file.ts';

test('what a section tells the phone to fetch', () => {
  const text = [
    '[FW]',
    'VERSION 0692D94a01',
    '#FILENAME 0604D98.bin',
    'FILENAME 2004SIP.img',
    'download_mode forced',
    'SERVER_IP 192.0.2.9',
    '[LANGUAGE]',
    'DOWNLOAD_MODE FORCE',
    'FILENAME a.lng',
    'FILENAME b.lng',
  ].join('\n');
  const shown = downloadSections(decodeSectionFile(text)).map(({ values: _, ...rest }) => rest);
  assert.deepEqual(shown, [
    {
      ...{ name: 'FW', line: 1, mode: 'FORCED', version: '0692D94a01', files: ['2004SIP.img'] },
      ...{ server: '192.0.2.9', port: undefined },
    },
    {
      ...{ name: 'LANGUAGE', line: 7, mode: 'AUTO', version: '', files: ['a.lng', 'b.lng'] },
      ...{ server: undefined, port: undefined },
    },
  ]);
});

test('a sign # in a value is kept for the 2004 and begins a comment for later phones', () => {
  const text = '[FW]\nFILENAME a.bin # b\nVERSION 1#2\n';
  const said = (dialect: '2004' | '11xx') => {
    const [section] = downloadSections(decodeSectionFile(text, dialect));
    return [section?.files, section?.version];
  };
  assert.deepEqual(said('2004'), [['a.bin # b'], '1#2']);
  assert.deepEqual(said('11xx'), [['a.bin'], '1']);
  const codes = (dialect: '2004' | '11xx') =>
    decodeSectionFile(text, dialect).notes.map(({ code, line, column }) => [code, line, column]);
  assert.deepEqual(codes('2004'), [
    ['hash-in-value', 2, 16],
    ['hash-in-value', 3, 10],
  ]);
  assert.deepEqual(codes('11xx'), []);
});

test('a line of 80 characters is read as any other, one of 81 is noted and kept', () => {
  const line = (length: number) => `FILENAME ${'x'.repeat(length - 9)}`;
  for (const [length, codes] of [
    [80, []],
    [81, ['line-too-long']],
  ] as const) {
    const document = decodeSectionFile(`[FW]\n${line(length)}\nVERSION 1\n`);
    assert.deepEqual(
      document.notes.map(({ code }) => code),
      codes,
    );
    assert.equal(downloadSections(document)[0]?.version, '1');
  }
});

test('the sections of later phones are kept and understood', () => {
  const text = laterSections.map((name) => `[${name}]\nFILENAME ${name}.dat\n`).join('');
  const document = decodeSectionFile(text, '11xx');
  assert.equal(encodeSectionFile(document), text);
  assert.deepEqual(
    downloadSections(document).map(({ name, files }) => [name, ...files]),
    laterSections.map((name) => [name, `${name}.dat`]),
  );
});

test('a document that would read otherwise is refused', () => {
  const document = decodeSectionFile('[FW]\nVERSION 1\n');
  for (const change of [
    { value: 'a\nb' },
    { value: ' a' },
    { keyText: 'a b' },
    { keyText: '#VERSION' },
    { keyText: '[A]', separator: '' },
    { end: '' },
    { kind: 'comment', text: 'VERSION 1' },
  ]) {
    const lines = document.lines.map((line) =>
      line.kind === 'entry' ? { ...line, ...change } : line,
    );
    const changed = { ...document, lines: [...lines, ...document.lines] } as typeof document;
    assert.throws(() => encodeSectionFile(changed), CodecError);
  }
});

test('a new file has its sections in order, and what is commented out is commented out', () => {
  const text = writeSectionFile(
    [
      {
        name: 'DEVICE_CONFIG',
        settings: [
          { key: 'DOWNLOAD_MODE', value: 'AUTO' },
          { key: 'VERSION', value: '000021' },
          { key: 'SERVER_IP', value: '0.0.0.0', commented: true },
        ],
      },
      { name: 'FW', settings: [{ key: 'FILENAME', value: '2004SIP.img' }] },
    ],
    'made by a test',
  );
  assert.equal(
    text,
    '# made by a test\n\n[DEVICE_CONFIG]\nDOWNLOAD_MODE AUTO\nVERSION 000021\n# SERVER_IP 0.0.0.0\n\n' +
      '[FW]\nFILENAME 2004SIP.img\n',
  );
  assert.deepEqual(decodeSectionFile(text).notes, []);
});

test('what the syntax cannot hold is not written', () => {
  const section = (name: string, key: string, value: string): NewSection => ({
    name,
    settings: [{ key, value }],
  });
  const bad: readonly (readonly NewSection[])[] = [
    [section('A]', 'B', 'c')],
    [section('A', 'B C', 'd')],
    [section('A', 'B', ' c')],
    [section('A', 'B', 'c\nD e')],
    [section('A', 'B', 'c'), section('A', 'D', 'e')],
    [
      {
        name: 'A',
        settings: [
          { key: 'B', value: 'c' },
          { key: 'b', value: 'd' },
        ],
      },
    ],
  ];
  for (const sections of bad) assert.throws(() => writeSectionFile(sections), CodecError);
});

test('what is written is what is read', () => {
  const value = fc.stringMatching(/^[!-~]([ -~]{0,10}[!-~])?$/);
  const settings = fc.dictionary(fc.stringMatching(/^[A-Z][A-Z_0-9]{0,8}$/), value, { maxKeys: 5 });
  const sections = fc.uniqueArray(
    fc.tuple(fc.constantFrom(...sectionsOf2004, ...laterSections), settings),
    { selector: ([name]) => name },
  );
  fc.assert(
    fc.property(sections, (wanted) => {
      const text = writeSectionFile(
        wanted.map(([name, values]) => ({
          name,
          settings: Object.entries(values).map(([key, each]) => ({ key, value: each })),
        })),
      );
      const read = partsOf(decodeSectionFile(text)).map(({ name, entries }) => [
        name,
        entries.map(({ key, value: each }) => [key, each]),
      ]);
      assert.deepEqual(
        read,
        wanted.map(([name, values]) => [name, Object.entries(values)]),
      );
    }),
  );
});
