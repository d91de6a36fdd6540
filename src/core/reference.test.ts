import assert from 'node:assert/strict';
import { test } from 'node:test';
import { referencePages } from './reference.ts';
import { keyTable, pathTable } from './testing/fake-parameters.ts';

const pages = new Map(
  referencePages([keyTable, pathTable]).map(({ path, content }) => [path, content]),
);

test('there is an index and a page for each table', () => {
  assert.deepEqual([...pages.keys()], ['README.md', 'fake-keys.md', 'fake-paths.md']);
  const index = pages.get('README.md') ?? '';
  assert.match(index, /^\| \[Fake: keys\]\(fake-keys\.md\) +\| `FAKE<MAC>\.cfg` \| 4 +\|$/m);
});

test('a page has a table of all parameters, its columns aligned', () => {
  const lines = (pages.get('fake-keys.md') ?? '').split('\n').filter((line) => /^\|/.test(line));
  assert.deepEqual(lines, [
    '| parameter      | values                   | default |',
    '| -------------- | ------------------------ | ------- |',
    '| `lineN_secret` | text, up to 8 characters |         |',
    '| `volume`       | 0 to 9                   | `5`     |',
    '| `ringing`      | `on`, `off`              |         |',
    '| `Reset Now`    | `Yes`                    |         |',
  ]);
});

test('a section says all that the row says; keys and what is not Markdown are code', () => {
  const page = pages.get('fake-keys.md') ?? '';
  const section = page.slice(page.indexOf('## `ringing`'), page.indexOf('## `Reset Now`'));
  assert.equal(
    section,
    `## \`ringing\`

See \`ring_list\`, and \`*1\` on \`<MAC>\`.

- Values: on (rings), off (flashes), in any letter case
- Required: always
- Stands in: the default file, or the phone's own
- Menu: Settings > Ringing
- On the phone: the user may change it while it is 0 or 1
- Kept in flash: yes
- Since release: 2.0
- Source: Manual, table 1

`,
  );
});
