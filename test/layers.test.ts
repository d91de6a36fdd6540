import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkSources } from './layer-rules.ts';
import type { Source } from './source-facts.ts';

const root = join(import.meta.dirname, '..');

function projectSources(): readonly Source[] {
  return globSync('{bin,src,test,bench,scripts}/**/*.ts', { cwd: root })
    .filter((path) => !path.includes('testdata') && !path.endsWith('.d.ts'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

function report(sources: readonly Source[]): readonly string[] {
  return checkSources(sources).map(({ path, line, rule }) => `${path}:${line}: ${rule}`);
}

test('the project keeps its layers', () => {
  const sources = projectSources();
  assert.ok(sources.length > 20, 'the sources are found');
  assert.equal(report(sources).join('\n'), '');
});

describe('the checker finds', () => {
  const planted: readonly [title: string, path: string, text: string, expected: RegExp][] = [
    [
      'an import from a layer above',
      'src/wire/a.ts',
      `\nimport { b } from '../codec/b.ts';`,
      /^src\/wire\/a\.ts:2: wire may import no other layer; not src\/codec\/b\.ts$/,
    ],
    [
      'a type import from a layer above',
      'src/codec/tftp/a.ts',
      `import type { Phone } from '../../model/phone.ts';`,
      /:1: codec may import wire; not src\/model\/phone\.ts$/,
    ],
    [
      'a folder of the same rank',
      'src/servers/a.ts',
      `export { x } from '../store/x.ts';`,
      /:1: servers may import core, .*; not src\/store\/x\.ts$/,
    ],
    [
      'the twin that asks the planner',
      'src/twin/a.ts',
      `const { plan } = await import('../core/plan.ts');`,
      /:1: twin may import model, codec, wire; not src\/core\/plan\.ts$/,
    ],
    [
      'a family that asks the twin',
      'src/families/cisco-7900/a.ts',
      `type T = import('../../twin/phone.ts').T;`,
      /:1: families may import model, codec, wire; not src\/twin\/phone\.ts$/,
    ],
    [
      "a family that imports another vendor's folder",
      'src/families/nortel-2004/render/a.ts',
      `import { part } from '../../cisco-shared/render/part.ts';`,
      /:1: nortel imports no other vendor; not src\/families\/cisco-shared\/render\/part\.ts$/,
    ],
    [
      "a twin that imports another vendor's folder",
      'src/twin/cisco-java/a.ts',
      `import { boot } from '../nortel-2004/boot-twin.ts';`,
      /:1: cisco imports no other vendor; not src\/twin\/nortel-2004\/boot-twin\.ts$/,
    ],
    [
      'what all families share that imports a vendor',
      'src/families/shared/lint/a.ts',
      `import { lint } from '../../nortel-2004/lint/nortel-lint.ts';`,
      /:1: families\/shared imports no vendor; not src\/families\/nortel-2004\/lint\/nortel-lint\.ts$/,
    ],
    [
      'core that reads the workspace file',
      'src/core/a.ts',
      `import { loadConfig } from '../config.ts';`,
      /:1: core may import .*; not src\/config\.ts$/,
    ],
    [
      'the product that uses test code',
      'src/app.ts',
      `import { peer } from '../test/peers.ts';`,
      /:1: app may import .*; not test\/peers\.ts$/,
    ],
    [
      'a folder without a layer',
      'src/utils/a.ts',
      '',
      /^src\/utils\/a\.ts:1: no layer holds this file/,
    ],
    [
      'an import of a folder without a layer',
      'src/app/a.ts',
      `import { x } from '../utils/x.ts';`,
      /:1: app may import .*; not src\/utils\/x\.ts$/,
    ],
    [
      'a socket in a codec',
      'src/codec/a.ts',
      `import { createSocket } from 'node:dgram';`,
      /:1: codec does no input or output; not node:dgram$/,
    ],
    [
      'a file in a family',
      'src/families/a.ts',
      `import { readFile } from 'node:fs/promises';`,
      /:1: families does no input or output; not node:fs\/promises$/,
    ],
    [
      'a clock in core',
      'src/core/a.ts',
      '// now\nexport const at = () => Date.now();',
      /:2: core gets clock and random as arguments; not Date\.now$/,
    ],
    [
      'a new Date and a random number',
      'src/model/a.ts',
      'export const a = () => [new Date(0), new Date(), Math.random()];',
      /not new Date\(\)\n.*not Math\.random$/,
    ],
    [
      'a vendor in a string of core',
      'src/core/a.ts',
      `// Cisco's\nexport const a = 'a CISCO phone';`,
      /^src\/core\/a\.ts:2: core and model name no vendor; not "a CISCO phone"$/,
    ],
    [
      'a vendor in a template and a pattern of the model',
      'src/model/a.ts',
      'export const a = (x: string) => `Nortel ${x} avaya`.match(/cisco/);',
      /^(.*:1: core and model name no vendor.*\n?){3}$/,
    ],
    [
      'SQL outside the store',
      'src/core/a.ts',
      `import { Kysely } from 'kysely';`,
      /:1: only src\/store knows the database; not kysely$/,
    ],
    [
      'the database of Node outside the store',
      'src/app/a.ts',
      `import { DatabaseSync } from 'node:sqlite';`,
      /:1: only src\/store knows the database; not node:sqlite$/,
    ],
    [
      'argv, env and exit in every disguise',
      'src/cli/a.ts',
      [
        `export const a = process.argv;`,
        `export const b = globalThis.process.env;`,
        `export const c = process['exit'];`,
        `const { env: d } = process;`,
        `import { argv as e } from 'node:process';`,
        `process.exitCode = 1;`,
      ].join('\n'),
      /^((.*:1:).*argv\n)((.*:2:).*env\n)((.*:3:).*exit\n)((.*:4:).*env\n)((.*:5:).*argv\n)((.*:6:).*exitCode)$/,
    ],
    ['a default export', 'src/core/a.ts', 'export default 1;', /:1: no default exports$/],
    [
      'a default function in a test',
      'src/core/a.test.ts',
      'export default function a() {}',
      /:1: no default exports$/,
    ],
    [
      'a default by renaming',
      'src/core/a.ts',
      'const a = 1;\nexport { a as default };',
      /:2: no default exports$/,
    ],
    [
      'a let and a var of the module',
      'src/core/a.ts',
      'let a = 1;\nexport var b = a;',
      /:1: no module state: a\n.*:2: no module state: b$/,
    ],
    [
      'a cache of the module',
      'src/core/a.ts',
      'const seen = new Map<string, string>();\nconst table = new Map([[1, 2]]);',
      /^src\/core\/a\.ts:1: no module state: seen$/,
    ],
  ];
  for (const [title, path, text, expected] of planted)
    test(title, () => assert.match(report([{ path, text }]).join('\n'), expected));

  test('a circle of imports, at the import that closes it', () => {
    const sources = [
      { path: 'src/core/a.ts', text: `import { b } from './b.ts';` },
      { path: 'src/core/b.ts', text: `\nimport type { c } from './c.ts';` },
      { path: 'src/core/c.ts', text: `\n\nexport * from './a.ts';` },
      { path: 'src/core/d.ts', text: `import { a } from './a.ts';` },
    ];
    assert.deepEqual(report(sources), [
      'src/core/c.ts:3: import cycle: src/core/a.ts -> src/core/b.ts -> src/core/c.ts -> src/core/a.ts',
    ]);
  });
});

describe('the checker passes', () => {
  const fine: readonly [title: string, path: string, text: string][] = [
    [
      'imports that point down',
      'src/app/serve.ts',
      `import { a } from '../store/a.ts'; import { b } from '../config.ts'; import pino from 'pino';`,
    ],
    [
      'a family that imports what its vendor and what all share',
      'src/families/cisco-java/a.ts',
      `import { a } from '../cisco-shared/a.ts'; import { b } from '../shared/render/part.ts';`,
    ],
    ['the workspace file in a command', 'src/cli/a.ts', `import { x } from '../config/listen.ts';`],
    ['a vendor in a comment', 'src/model/a.ts', `/** Cisco's number */\nexport const a = 1;`],
    ['a let in a function', 'src/core/a.ts', 'export function f() { let a = 1; return a++; }'],
    [
      'a clock that was handed in',
      'src/core/a.ts',
      'export const f = (now: () => number) => now();',
    ],
    ['bin that exits', 'bin/hookflash.ts', 'process.exit(Number(process.env.CODE));'],
    ['a test that crosses layers', 'src/twin/a.test.ts', `import { x } from '../families/x.ts';`],
    ['the store with its database', 'src/store/sqlite/a.ts', `import { x } from 'node:sqlite';`],
  ];
  for (const [title, path, text] of fine)
    test(title, () => assert.deepEqual(report([{ path, text }]), []));
});
