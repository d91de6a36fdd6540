import assert from 'node:assert/strict';
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
