import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printable } from './printable.ts';

test('what a terminal would obey is shown and not done', () => {
  assert.equal(printable('\x1b[2Jgone\r\n'), '\\u{1b}[2Jgone\\u{d}\\u{a}');
  assert.equal(printable('a\u202egnp.exe'), 'a\\u{202e}gnp.exe');
  assert.equal(printable('\u009b31m\ud800'), '\\u{9b}31m\\u{d800}');
});

test('names in any script stay', () => {
  for (const name of ['P0S3-8-12-00.sbn', 'ファームウェア', 'Prüfung 1.zip', '😀'])
    assert.equal(printable(name), name);
});
