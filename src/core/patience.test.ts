import assert from 'node:assert/strict';
import { test } from 'node:test';
import { families } from '../families/index.ts';
import type { PhoneFamily } from '../model/family.ts';
import { withPatience } from './patience.ts';

const cisco7900 = families.find(({ id }) => id === 'cisco-7900') as PhoneFamily;

/** What a 7960 that took an image must do next. */
function lateAfter(family: PhoneFamily): number | undefined {
  const { watch } = family;
  const path = 'P0S3-8-12-00.sb2';
  const { state } = watch.asked(watch.start, { path, at: 0 });
  return watch.expects(watch.answered(state, { path, at: 0, outcome: 'sent' }).state)?.withinMs;
}

test('what phones may take is so many times as long, of every family', () => {
  const late = lateAfter(cisco7900);
  assert.ok(late !== undefined && late > 0);
  const doubled = withPatience(families, 2);
  for (const [at, family] of families.entries()) {
    const [model] = family.models;
    const [usual, patient] = [family, doubled[at]].map(
      (each) => model && each?.restart?.times(model),
    );
    assert.ok(usual && patient, family.id);
    assert.equal(patient.hop.withinMs, 2 * usual.hop.withinMs);
    assert.equal(patient.hear.usualMs, 2 * usual.hear.usualMs);
    assert.equal(patient.silentMs, 2 * usual.silentMs);
    assert.equal(patient.boots, usual.boots, 'starts are no time');
  }
  assert.equal(lateAfter(doubled[families.indexOf(cisco7900)] as PhoneFamily), 2 * late);
});

test('1 is the families as they are', () => {
  assert.equal(withPatience(families, 1), families);
});
