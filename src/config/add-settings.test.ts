import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { defaultConfigText, loadConfig } from '../config.ts';
import { addSettings, type SettingsPath } from './add-settings.ts';

function add(text: string, path: SettingsPath, values: Readonly<Record<string, string>>): string {
  const { document } = loadConfig(text, 'a');
  const made = addSettings(text, document, path, values);
  assert.ok(made !== undefined);
  return made;
}

const fleet: SettingsPath = ['settings'];
const of7960: SettingsPath = ['models', '7960', 'settings'];

test('the file that init writes keeps every line', () => {
  const text = defaultConfigText();
  const made = add(add(text, fleet, { sync: '1', empty: '' }), of7960, { a: 'b: c' });
  const { settings, models } = loadConfig(made, 'a');
  assert.deepEqual(settings, { sync: '1', empty: '' });
  assert.deepEqual(models, { '7960': { settings: { a: 'b: c' } } });
  const lines = made.split('\n');
  const kept = text.split('\n').every((line) => {
    const at = lines.indexOf(line);
    lines.splice(0, at + 1);
    return at >= 0;
  });
  assert.ok(kept, made);
});

const written = `# top
servers:
    tftp: 0.0.0.0:69   # here
settings:   # all of them
    sntp_server: 192.0.2.10   # ntp
    # two
    time_zone: 'CET'   # last

models:
    '7960':
        settings:
            text: |-
              one
              two
# end`;

test('more settings come behind the last one, indented as it is', () => {
  assert.equal(
    add(written, fleet, { sync: '1' }),
    written.replace('# last\n', "# last\n    sync: '1'\n".replaceAll("'", '')),
  );
  assert.equal(
    add(written, of7960, { a: 'b' }),
    written.replace('two\n# end', 'two\n            a: b\n# end'),
  );
  assert.equal(
    add(written, ['models', '7940', 'settings'], { a: 'b' }),
    written.replace('two\n# end', 'two\n    7940:\n      settings:\n        a: b\n# end'),
  );
});

test('what is not there is made', () => {
  assert.equal(add('', fleet, { a: 'b' }), 'settings:\n  a: b\n');
  assert.equal(add('address: x', fleet, { a: 'b' }), 'address: x\nsettings:\n  a: b\n');
  assert.equal(add('settings:', fleet, { a: 'b' }), 'settings:\n  a: b\n');
  assert.equal(add('settings:\r\n', fleet, { a: 'b' }), 'settings:\r\n  a: b\r\n');
  assert.equal(
    add('sites:\n  x:\n    settings:\n      c: d', ['sites', 'x', 'settings'], { a: 'b' }),
    'sites:\n  x:\n    settings:\n      c: d\n      a: b\n',
  );
});

test('settings in braces are left to people', () => {
  const text = 'settings: {a: b}\n';
  assert.equal(addSettings(text, loadConfig(text, 'a').document, fleet, { c: 'd' }), undefined);
});

test('any names and values are read back as they were, and all others stay', () => {
  const name = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.constantFrom('yes', '1', '- a', '#', 'a: b'),
  );
  const value = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }).filter((v) => v.isWellFormed()),
  );
  // The file's schema drops __proto__.
  const sane = name.filter((text) => text !== '__proto__');
  const values = fc.dictionary(sane, value, { minKeys: 1 });
  const path = fc.constantFrom<SettingsPath>(fleet, of7960, ['groups', 'a b', 'settings']);
  fc.assert(
    fc.property(
      fc.constantFrom(written, defaultConfigText(), ''),
      path,
      values,
      (text, at, given) => {
        const before = loadConfig(text, 'a');
        const after = loadConfig(add(text, at, given), 'a');
        if (at[0] === 'settings') {
          assert.deepEqual(after.settings, { ...before.settings, ...given });
          assert.deepEqual(after.models, before.models);
        } else {
          assert.deepEqual(after.settings, before.settings);
          const there = before[at[0]][at[1]]?.settings;
          assert.deepEqual(after[at[0]][at[1]]?.settings, { ...there, ...given });
        }
      },
    ),
  );
});
