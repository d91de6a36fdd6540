import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Phone } from '../../model/phone.ts';
import type { PhoneFinding } from '../../model/finding.ts';
import type { RolloutSpec } from '../../model/rollout.ts';
import type { Mac } from '../../wire/mac.ts';
import { previewRollout, type PreviewContext } from './preview.ts';
import { phonesMeant } from './target.ts';
import { restartFamily } from './testing/restart-family.ts';
import { macOf, phone, spec } from './testing/words.ts';

function context(more: Partial<PreviewContext> = {}): PreviewContext {
  return {
    ...{ families: [restartFamily], planning: { mode: 'cautious' }, findings: [] },
    holders: new Map<Mac, string>(),
    zoneOf: ({ labels }) => labels.zone,
    ...more,
  };
}

function previewOf(one: Phone, more: Partial<RolloutSpec> = {}, of = context()) {
  const [first] = previewRollout(spec(more), [one], of).phones;
  return first!;
}

describe('a phone is left out, and why', () => {
  const held = context({ holders: new Map([[macOf(1), 'other']]) });
  const rows: readonly (readonly [
    code: string | undefined,
    phone: Partial<Phone>,
    spec?: Partial<RolloutSpec>,
    context?: PreviewContext,
  ])[] = [
    [undefined, {}],
    ['nothing-to-do', { running: '3' }],
    ['nothing-to-do', { settings: { a: '1' } }, { change: { settings: { a: '1' } } }],
    [undefined, { settings: { a: '2' } }, { change: { settings: { a: '1' } } }],
    [undefined, { running: '3' }, { change: {} }],
    ['no-notify', { running: '8' }, { change: {} }],
    ['too-far', { running: '5' }],
    ['unknown-image', {}, { change: { image: 'nonsense' } }],
    ['running-unknown', { running: undefined }],
    ['in-another-rollout', {}, {}, held],
    ['zone-unknown', { labels: { zone: 'Mars/Base' } }],
    ['window-too-short', {}, { window: { from: 0, to: 10 } }],
    [undefined, {}, { window: { from: 0, to: 60 } }],
    ['family-unknown', { family: 'other' }],
  ];
  for (const [code, parts, more, of] of rows)
    test(`${code ?? 'not at all'} ${JSON.stringify({ ...parts, ...more })}`, () =>
      assert.equal(previewOf(phone(1, parts), more, of).refusal?.code, code));
});

test('its hops, what they last and what is risky', () => {
  const finding: PhoneFinding = {
    mac: macOf(1),
    at: 1,
    code: 'boot-loop',
    severity: 'error',
    text: 'x',
  };
  const plain = previewOf(phone(1), { change: {} });
  assert.deepEqual([plain.hops, plain.risk], [[], 'low']);
  const two = previewOf(phone(1));
  assert.deepEqual(two.hops, ['2', '3']);
  assert.equal(two.lastsMs - plain.lastsMs, 2 * 300_000);
  assert.equal(two.usualMs - plain.usualMs, 2 * 60_000);
  assert.equal(two.risk, 'high');
  assert.deepEqual(two.risks, ['no way back to 1: 3 to 1 is not one step', '2 hops']);
  const sick = previewOf(phone(1), { change: {} }, context({ findings: [finding] }));
  assert.deepEqual([sick.risk, sick.risks], ['high', ['boot-loop: x']]);
});

test('groups are made of those that go', () => {
  const phones = [phone(1), phone(2, { running: '3' }), phone(3), phone(4)];
  const groups = [{ kind: 'percent', percent: 34 }] as const;
  const preview = previewRollout(spec({ groups }), phones, context());
  assert.deepEqual(preview.groupNames, ['up to 34 %', 'the rest']);
  const going = preview.phones.filter(({ refusal }) => !refusal).map(({ group }) => group);
  assert.deepEqual(going.sort(), [0, 0, 1]);
});

test('phones are chosen by label, model, site, image and list', () => {
  const phones = [
    phone(1, { labels: { site: 'berlin', floor: '1' } }),
    phone(2, { model: 'U', labels: { site: 'berlin' } }),
    phone(3, { running: '2' }),
  ];
  const meant = (target: RolloutSpec['target']) =>
    phonesMeant([restartFamily], target, phones).phones.map(({ mac }) => parseInt(mac, 16));
  assert.deepEqual(meant({}), [1, 2, 3]);
  assert.deepEqual(meant({ site: 'berlin' }), [1, 2]);
  assert.deepEqual(meant({ site: 'berlin', labels: { floor: '1' } }), [1]);
  assert.deepEqual(meant({ model: 'U' }), [2]);
  assert.deepEqual(meant({ running: '2' }), [3]);
  assert.deepEqual(meant({ macs: [macOf(3), macOf(9)] }), [3]);
  const { unknown } = phonesMeant([restartFamily], { macs: [macOf(9)] }, phones);
  assert.deepEqual(unknown, [macOf(9)]);
});
