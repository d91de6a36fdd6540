import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BootFact } from '../../model/family.ts';
import { bootWatch } from './boot-watch.ts';
import { withSigns } from './signs.ts';

const watch = withSigns(bootWatch);
const trustList = 'CTLSEP020000000001.tlv';
const boot = ['term41.default.loads', 'jar41sip.8-5-2.sbn', 'cnu41.8-5-2.sbn'];

function run(paths: readonly string[], outcome: 'sent' | 'missing' | 'aborted' = 'sent') {
  let state = watch.start;
  const facts: BootFact[] = [];
  for (const path of paths) {
    const asked = watch.asked(state, { path, at: 0 });
    const answered = watch.answered(asked.state, { path, at: 0, outcome });
    ({ state } = answered);
    facts.push(...asked.facts, ...answered.facts);
  }
  const codes = facts.flatMap((fact) => (fact.kind === 'finding' ? [fact.finding.code] : []));
  return { codes, facts, late: watch.expects(state) };
}

test('a phone fresh from the factory is told of, and one that goes on for ever too', () => {
  assert.deepEqual(run(boot).codes, ['factory-fresh']);
  const three = run([...boot, ...boot, ...boot]);
  assert.deepEqual(three.codes, ['factory-fresh', 'factory-fresh', 'boot-loop']);
  assert.match(JSON.stringify(three.facts), /3491672850\*#/);
  const { facts } = run([...boot, trustList]);
  assert.ok(facts.some(({ kind }) => kind === 'mended'));
  assert.ok(!run([trustList, trustList]).facts.some(({ kind }) => kind === 'mended'));
});

test('it can be late between components, and with a default load that it cannot check', () => {
  assert.equal(run(boot.slice(0, 1)).late?.finding.code, 'late-default-load');
  assert.equal(run(boot).late?.finding.code, 'late-component');
  assert.equal(run(boot.slice(0, 2), 'aborted').late?.finding.code, 'late-transfer');
  for (const path of [trustList, 'SEP020000000001.cnf.xml', 'ringlist.xml', 'SIP41.8-5-2S.loads'])
    assert.equal(run([...boot, path]).late, undefined, path);
  assert.equal(run(boot.slice(0, 1), 'missing').late, undefined);
});
