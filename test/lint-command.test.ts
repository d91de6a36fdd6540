import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { rulesOf } from '../src/core/lint/lint.ts';
import { lints } from '../src/families/lints.ts';
import { hookflash, jsonLines, temporaryFolder } from './hookflash-process.ts';
import { baseTree, phone, type Tree } from './lint-base-tree.ts';
import { edit, put } from './lint-seed.ts';

async function folderOf(t: TestContext, tree: Tree): Promise<string> {
  const root = await temporaryFolder(t);
  for (const [path, content] of tree) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

function faulty(): Tree {
  const tree = baseTree();
  edit('SIPDefault.cnf', '"16384"', '"16348"')(tree);
  edit('SIPDefault.cnf', '"avt"', '“avt”')(tree);
  put(`SEP${phone}.cnf.xml_`, 'old')(tree);
  return tree;
}

test('a clean folder ends with code 0 and says so', async (t) => {
  const root = await folderOf(t, baseTree());
  const { code, out, err } = await hookflash('lint', root);
  assert.deepEqual([code, err], [0, '']);
  assert.match(out, /^\d+ files for phones: nothing wrong\.\n$/);
});

test('notes alone end with code 0', async (t) => {
  const tree = baseTree();
  put(`SEP${phone}.cnf.xml_`, 'old')(tree);
  const { code, out } = await hookflash('lint', await folderOf(t, tree));
  assert.equal(code, 0);
  assert.match(out, /1 note\./);
});

test('findings stand under their files with place, phone and cure, and end with code 1', async (t) => {
  const root = await folderOf(t, faulty());
  const { code, out } = await hookflash('lint', root);
  assert.equal(code, 1);
  const lines = out.split('\n');
  const at = lines.indexOf(join(root, 'SIPDefault.cnf'));
  assert.match(lines[at + 1] ?? '', /^ {2}7:20 {3}error: start_media_port: .* \[bad-value\]$/);
  assert.match(lines[at + 2] ?? '', /^ +phone: /);
  assert.match(lines[at + 3] ?? '', /^ +cure: {2}/);
  assert.match(out, /2 errors, 1 note; --fix mends 1\. docs\/diagnoses explains each code\.\n$/);
});

test('codes choose what is told', async (t) => {
  const root = await folderOf(t, faulty());
  const only = await hookflash('lint', root, '--json', '--rule', 'bad-value');
  assert.deepEqual(
    jsonLines(only.out).map((line) => (line as { code: string }).code),
    ['bad-value'],
  );
  const rest = await hookflash('lint', root, '--ignore', 'bad-value,curly-quotes');
  assert.equal(rest.code, 0);
  const wrong = await hookflash('lint', root, '--rule', 'bad-values');
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /did you mean bad-value\?/);
});

test('JSON is a line for each finding, with the path from here', async (t) => {
  const root = await folderOf(t, faulty());
  const { code, out } = await hookflash('lint', root, '--format', 'json');
  assert.equal(code, 1);
  const [first] = jsonLines(out) as readonly Record<string, unknown>[];
  assert.deepEqual(Object.keys(first ?? {}).toSorted(), [
    ...['code', 'consequence', 'cure', 'place', 'severity', 'text'],
  ]);
  const files = (jsonLines(out) as { place: { file: string } }[]).map(({ place }) => place.file);
  assert(files.includes(join(root, 'SIPDefault.cnf')));
});

test('--fix mends, says what it did, and what is left ends with code 1', async (t) => {
  const root = await folderOf(t, faulty());
  const dry = await hookflash('lint', root, '--fix', '--dry-run');
  assert.match(dry.out, /^would mend .*SIPDefault\.cnf:11: wrote "…" for “…” \(curly-quotes\)\n/);
  assert.match(readFileSync(join(root, 'SIPDefault.cnf'), 'utf8'), /“avt”/);
  const { code, out } = await hookflash('lint', root, '--fix');
  assert.equal(code, 1);
  assert.match(out, /^mended .*SIPDefault\.cnf:11/);
  assert(!out.includes('curly-quotes]'));
  assert.match(readFileSync(join(root, 'SIPDefault.cnf'), 'utf8'), /dtmf_outofband: "avt" {3};/);
  assert.equal((await hookflash('lint', root, '--dry-run')).code, 2);
});

test('what is not there, and formats that are not, are told of', async () => {
  const gone = await hookflash('lint', '/nowhere/at/all');
  assert.equal(gone.code, 1);
  assert.match(gone.err, /nowhere/);
  assert.equal((await hookflash('lint', '.', '--format', 'xml')).code, 2);
});

/** What is looked at of a log. SARIF 2.1.0 sections 3.13 to 3.57. */
type Log = {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly columnKind: string;
    readonly originalUriBaseIds: { readonly ROOT: { readonly uri: string } };
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly rules: readonly {
          readonly id: string;
          readonly shortDescription: { readonly text: string };
          readonly defaultConfiguration: { readonly level: string };
        }[];
      };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
          readonly region?: { readonly startLine: number; readonly startColumn?: number };
        };
      }[];
      readonly fixes?: readonly {
        readonly artifactChanges: readonly {
          readonly replacements: readonly {
            readonly deletedRegion: { readonly charOffset: number; readonly charLength: number };
            readonly insertedContent: { readonly text: string };
          }[];
        }[];
      }[];
    }[];
  }[];
};

test('SARIF 2.1.0 has what the standard wants', async (t) => {
  const root = await folderOf(t, faulty());
  const { out } = await hookflash('lint', root, '--format', 'sarif');
  const log = JSON.parse(out) as Log;
  assert.equal(log.version, '2.1.0');
  assert.match(log.$schema, /sarif-2\.1\.0\.json$/);
  const run = log.runs[0]!;
  assert.equal(run.tool.driver.name, 'Hookflash');
  assert.equal(run.columnKind, 'utf16CodeUnits');
  assert.match(run.originalUriBaseIds.ROOT.uri, /^file:\/\/\/.*\/$/);
  const ids = run.tool.driver.rules.map(({ id }) => id);
  assert.deepEqual(
    ids.toSorted(),
    rulesOf(lints)
      .map(({ code }) => code)
      .toSorted(),
  );
  for (const rule of run.tool.driver.rules) {
    assert(rule.shortDescription.text.length > 0);
    assert.match(rule.defaultConfiguration.level, /^(error|warning|note)$/);
  }
  assert.equal(run.results.length, 3);
  for (const { ruleId, ruleIndex, level, message, locations } of run.results) {
    assert.equal(ids[ruleIndex], ruleId);
    assert.match(level, /^(error|warning|note)$/);
    assert(message.text.length > 0);
    const { artifactLocation, region } = locations[0]!.physicalLocation;
    assert.equal(artifactLocation.uriBaseId, 'ROOT');
    assert.doesNotMatch(artifactLocation.uri, /^\/|[^\w.%/-]/);
    assert((region?.startLine ?? 1) >= 1);
    assert((region?.startColumn ?? 1) >= 1);
  }
  const replacements = run.results
    .flatMap(({ fixes = [] }) => fixes)
    .flatMap(({ artifactChanges }) => artifactChanges)
    .flatMap((change) => change.replacements);
  assert.deepEqual(
    replacements.map(({ insertedContent }) => insertedContent.text),
    ['"avt"'],
  );
  const text = readFileSync(join(root, 'SIPDefault.cnf'), 'utf8');
  const { charOffset, charLength } = replacements[0]!.deletedRegion;
  assert.equal(text.slice(charOffset, charOffset + charLength), '“avt”');
});
