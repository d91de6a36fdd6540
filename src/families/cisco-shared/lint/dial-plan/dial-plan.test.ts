import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { element } from '../../../../codec/config/xml.ts';
import { groupsOf, patternOf } from './dial-plan-subject.ts';
import { lintDialPlan } from './lint-dial-plan.ts';

function codesOf(...templates: readonly Readonly<Record<string, string>>[]): readonly string[] {
  const nodes = templates.map((attributes) => element('TEMPLATE', attributes));
  const all = element('TEMPLATE', { MATCH: '*', TIMEOUT: '5' });
  const root = element('DIALTEMPLATE', {}, [...nodes, all]);
  return lintDialPlan('dialplan.xml', root, 100).findings.map(({ code }) => code);
}

test('a pattern is digits, dots and stars; escapes and dial tones are no signs', () => {
  const kinds = patternOf('9,\\*1..*').map(({ kind }) => kind);
  assert.deepEqual(kinds, ['digit', 'digit', 'digit', 'any', 'any', 'many']);
});

test('each star and each row of dots is a group', () => {
  assert.equal(groupsOf(patternOf('1..2.*')), 3);
  assert.equal(groupsOf(patternOf('911')), 0);
});

test('a template cuts off a longer one only where it dials at once', () => {
  const longer = { MATCH: '2...', TIMEOUT: '0' };
  assert.deepEqual(codesOf({ MATCH: '2..', TIMEOUT: '0' }, longer), ['dial-plan-shadowed']);
  assert.deepEqual(codesOf({ MATCH: '2..', TIMEOUT: '1' }, longer), []);
  assert.deepEqual(
    codesOf({ MATCH: '2..', TIMEOUT: '0', LINE: '2' }, { ...longer, LINE: '1' }),
    [],
  );
});

test('a longer template with more fixed digits is not cut off', () => {
  assert.deepEqual(
    codesOf({ MATCH: '\\*..', TIMEOUT: '0' }, { MATCH: '\\*98....', TIMEOUT: '0' }),
    [],
  );
});

test('a template with more fixed digits is no rival', () => {
  assert.deepEqual(codesOf({ MATCH: '1..', TIMEOUT: '1' }, { MATCH: '10.', TIMEOUT: '2' }), []);
});

test('the empty pattern of a hotline is right', () => {
  assert.deepEqual(codesOf({ MATCH: '', TIMEOUT: '0', REWRITE: '300', LINE: '2' }), []);
});

test('a number of seconds that is missing is ten', () => {
  assert.deepEqual(codesOf({ MATCH: '1..' }), []);
});

test('any plan is read', () => {
  const text = fc.string({
    unit: fc.constantFrom('1', '.', '*', '\\', ',', '#', '%', '[', 'x', '-'),
  });
  const attributes = fc.dictionary(
    fc.constantFrom('MATCH', 'Timeout', 'LINE', 'REWRITE', 'x'),
    text,
  );
  fc.assert(
    fc.property(fc.array(attributes, { maxLength: 8 }), (templates) => void codesOf(...templates)),
  );
});
