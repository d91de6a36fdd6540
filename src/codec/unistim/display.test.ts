import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blankDisplay, displayAfter, drawDisplay, drawLine, keyLabelled } from './display.ts';
import { serializeCommand } from './unistim-command.ts';

const shown = {
  title: 'Hookflash',
  lines: ['Config', 'Display Version', ''],
  softKeys: ['Version', '', '', 'Back'],
};

test('what is drawn is what is seen', () => {
  assert.deepEqual(drawDisplay(shown).reduce(displayAfter, blankDisplay), shown);
  assert.deepEqual(drawDisplay(blankDisplay).reduce(displayAfter, shown), blankDisplay);
  const changed = displayAfter(shown, drawLine(1, '43 %'));
  assert.deepEqual(changed, { ...shown, lines: ['Config', '43 %', ''] });
});

test('lines as Asterisk draws them', () => {
  const text = Buffer.from('43 %'.padEnd(24)).toString('hex');
  const line = Buffer.from(serializeCommand(drawLine(1, '43 %'))).toString('hex');
  assert.equal(line, `171e1b042005${text}`);
});

test('no text is longer than its place, nor breaks out of it', () => {
  const long = { title: 'x'.repeat(99), lines: ['\0\n€'.repeat(30)], softKeys: ['12345678'] };
  const { title, lines, softKeys } = drawDisplay(long).reduce(displayAfter, blankDisplay);
  assert.deepEqual([title.length, lines[0], softKeys[0]], [12, '?'.repeat(24), '1234567']);
});

test('keys are found by their label, or by a word of what is looked for', () => {
  assert.equal(keyLabelled(shown, 'Version'), 0x54);
  assert.equal(keyLabelled(shown, 'Display Version'), 0x54);
  assert.equal(keyLabelled(shown, 'Back'), 0x57);
  assert.equal(keyLabelled(shown, 'FirmW'), undefined);
  assert.equal(keyLabelled(shown, ''), undefined);
});

test('other commands draw nothing', () => {
  assert.equal(displayAfter(shown, { kind: 'contrast', level: 7 }), shown);
  const elsewhere = { kind: 'write-at', at: { target: 0x01 }, text: 'x' } as const;
  assert.equal(displayAfter(shown, elsewhere), shown);
});
