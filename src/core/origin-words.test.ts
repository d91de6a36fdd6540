import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Origin, Rendered } from '../model/render.ts';
import { originWords, whyRows } from './origin-words.ts';

const setting = (
  scope: 'fleet' | 'site' | 'model' | 'phone',
  of: string,
  name = 'key',
): Origin => ({
  ...{ kind: 'setting', scope, of, name },
});

test('origins in words', () => {
  const rows: readonly (readonly [Origin, string])[] = [
    [{ kind: 'order' }, 'what it is told to load'],
    [{ kind: 'needed', because: 'the usual port' }, 'needed: the usual port'],
    [setting('fleet', ''), 'fleet'],
    [setting('site', 'berlin'), 'site berlin'],
    [setting('model', '7960'), 'model 7960'],
    [setting('phone', '020000000001'), 'phone'],
    [setting('fleet', '', 'other'), 'fleet, as other'],
  ];
  for (const [origin, words] of rows) assert.equal(originWords('key', origin), words);
});

test('rows by file, secrets hidden, defaults last', () => {
  const origin = setting('phone', '');
  const rendered: Rendered = {
    files: [
      {
        path: 'a.cnf',
        content: 'never shown',
        values: [
          { key: 'key', value: 'one\n two\n', origin },
          { key: 'line1_password', value: 's3cret', origin, secret: true },
        ],
      },
    ],
    defaults: [{ key: 'other', value: '1' }],
    findings: [],
  };
  assert.deepEqual(whyRows(rendered), [
    {
      title: 'a.cnf',
      rows: [
        ['key', 'one; two', 'phone'],
        ['line1_password', '********', 'phone, as key'],
      ],
    },
    { title: 'in no file', rows: [['other', '1', 'default of the phone']] },
  ]);
});
