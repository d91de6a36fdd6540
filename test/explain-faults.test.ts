import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { explain, type Explained } from '../src/core/explain/explain.ts';
import { families } from '../src/families/index.ts';
import { commonDiagnoses } from '../src/families/shared/diagnoses/common-diagnoses.ts';
import { explainRows } from './explain-fault-rows.ts';
import { mac } from './explain-observations.ts';
import type { ExplainRow } from './explain-row.ts';

function explained({ observed, packets = false }: ExplainRow): Explained {
  const { phones } = explain(observed, { families, common: commonDiagnoses, packets });
  const phone = phones.find(({ story }) => story.mac === mac);
  assert.ok(phone, 'the phone is told of');
  return phone;
}

function told({ diagnoses }: Explained): string {
  return diagnoses.map(({ code, text, score }) => `${code} (${score}): ${text}`).join('\n');
}

describe('what is staged is named first', () => {
  for (const row of explainRows)
    test(`${row.name}: ${row.first}`, () => {
      const phone = explained(row);
      assert.equal(phone.diagnoses[0]?.code, row.first, told(phone));
      assert.ok(phone.diagnoses[0].evidence.length > 0, 'with the lines that show it');
      assert.notEqual(phone.diagnoses[0].cure ?? '', '');
    });
});

test('there are enough of them', () => {
  assert.ok(explainRows.length >= 40, `${explainRows.length}`);
});

const rows = [...commonDiagnoses, ...families.flatMap(({ diagnoses = [] }) => diagnoses)];

test('every diagnosis has its page, and says what the phone does and what to do', () => {
  for (const { code, consequence, cure, title } of rows) {
    const page = new URL(`../docs/diagnoses/${code}.md`, import.meta.url);
    assert.ok(existsSync(page), `docs/diagnoses/${code}.md is missing`);
    const text = readFileSync(page, 'utf8');
    for (const part of [`# ${code}`, '## The phone', '## Cure', '## Source'])
      assert.ok(text.includes(part), `docs/diagnoses/${code}.md lacks "${part}"`);
    assert.ok(
      [consequence, cure, title].every((each) => each.length > 3),
      code,
    );
  }
});

test('in each family a code stands for one thing', () => {
  const titles = new Map<string, string>();
  for (const { code, title } of rows) {
    assert.equal(titles.get(code) ?? title, title, code);
    titles.set(code, title);
  }
});

test('every diagnosis is the first of some staged fault, or harmless', () => {
  const staged = new Set(explainRows.map(({ first }) => first));
  const left = rows.filter(({ code, severity }) => severity !== 'note' && !staged.has(code));
  assert.deepEqual(
    left.map(({ code }) => code),
    [],
  );
});

test('the order of the observations does not matter', () => {
  for (const row of explainRows) {
    const inOrder = explained(row).diagnoses.map(({ code }) => code);
    const reversed = {
      ...row,
      observed: row.observed.toReversed().toSorted((a, b) => a.at - b.at),
    };
    assert.equal(explained(reversed).diagnoses[0]?.code, inOrder[0], row.name);
  }
});
