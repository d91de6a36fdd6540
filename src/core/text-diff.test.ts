import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { requirePeer } from '../../test/peers.ts';
import { diffLines, unifiedDiff } from './text-diff.ts';

const plain = (text: string) => ({ text, shown: text });

const fewWords = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 });

test('the lines make up both texts again', () => {
  fc.assert(
    fc.property(fewWords, fewWords, (before, after) => {
      const lines = diffLines(before, after);
      const old = lines.filter(({ kind }) => kind !== 'new');
      const now = lines.filter(({ kind }) => kind !== 'gone');
      assert.deepEqual(
        old.map(({ oldLine }) => before[oldLine - 1]),
        before,
      );
      assert.deepEqual(
        now.map(({ newLine }) => after[newLine - 1]),
        after,
      );
      for (const { kind, oldLine, newLine } of lines)
        if (kind === 'same') assert.equal(before[oldLine - 1], after[newLine - 1]);
    }),
  );
});

test('no two equal texts differ, and a change is shown with what is around it', () => {
  assert.equal(unifiedDiff(plain('a\nb\n'), plain('a\nb\n')), '');
  const before = Array.from({ length: 9 }, (_, index) => `line ${index + 1}`).join('\n');
  const diff = unifiedDiff(plain(before), plain(before.replace('line 5', 'five')));
  assert.equal(
    diff,
    [
      ...['@@ -2,7 +2,7 @@', ' line 2', ' line 3', ' line 4', '-line 5', '+five'],
      ...[' line 6', ' line 7', ' line 8'],
    ].join('\n'),
  );
});

test('texts that are too long for the shortest way are still told right', () => {
  const before = Array.from({ length: 3000 }, (_, index) => `a${index}`);
  const after = before.map((line) => `${line}!`);
  assert.equal(diffLines(before, after).length, 6000);
});

describe('against patch', () => {
  test('patch makes the new text of the old one', (t) => {
    const patch = requirePeer(t, 'patch');
    if (patch === undefined) return;
    const folder = mkdtempSync(join(tmpdir(), 'hookflash-diff-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'file');
    const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
    fc.assert(
      fc.property(fewWords, fewWords, (old, now) => {
        const [before, after] = [text(old), text(now)];
        const diff = unifiedDiff(plain(before), plain(after));
        if (diff === '') return assert.equal(before, after);
        writeFileSync(file, before);
        const input = `--- file\n+++ file\n${diff}\n`;
        const args = ['--quiet', '--no-backup-if-mismatch', '--fuzz=0', '-o', '-', file];
        const made = execFileSync(patch, args, { input, stdio: 'pipe' });
        assert.equal(made.toString(), after, diff);
      }),
      { numRuns: 60 },
    );
  });
});

test('a changed password shows as changed, not as what it is', () => {
  const before = 'line1_password: "one"\n';
  const after = 'line1_password: "two"\n';
  const side = (text: string) => ({ text, shown: text.replace(/"\w*"/, '********') });
  assert.equal(
    unifiedDiff(side(before), side(after)),
    '@@ -1 +1 @@\n-line1_password: ********\n+line1_password: ********',
  );
});
