import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { valueProblem } from '../../../../model/parameter-value.ts';
import { sepTable } from '../../../cisco-java/parameters/sep.ts';
import { quickCheck } from './quick-check.ts';

const odd = fc.oneof(
  fc.string(),
  fc.integer().map(String),
  fc.ipV4(),
  fc.domain(),
  fc.webUrl(),
  fc.constantFrom(
    '',
    '0',
    '1',
    'true',
    'TRUE',
    'USECALLMANAGER',
    'a..b',
    '-a',
    '1.2.3',
    'http://:80/',
  ),
);

test('a value that is right away right is right for the table too', () => {
  const parameters = fc.constantFrom(...sepTable.parameters);
  fc.assert(
    fc.property(parameters, odd, (parameter, value) => {
      if (!quickCheck(parameter.type)(value)) return;
      assert.equal(valueProblem(parameter, value), undefined, `${parameter.name} "${value}"`);
    }),
    { numRuns: 5000 },
  );
});
