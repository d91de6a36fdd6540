import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMac } from '../../wire/mac.ts';
import { families } from '../index.ts';

const mac = parseMac('002699EF0F1A');
const claims = (asker: Parameters<(typeof families)[0]['dhcp']['identify']>[0]) =>
  families.flatMap(({ id, dhcp }) => {
    const identity = dhcp.identify(asker);
    return identity ? [[id, identity.model]] : [];
  });

for (const [text, family, model] of [
  ['CP-7940', 'cisco-7900', '7940'],
  ['CP-7940G', 'cisco-7900', '7940'],
  ['CP-7960', 'cisco-7900', '7960'],
  ['CP-7960G', 'cisco-7900', '7960'],
  ['CP-7906G', 'cisco-java', '7906'],
  ['CP-7911G', 'cisco-java', '7911'],
  ['CP-7931G', 'cisco-java', '7931'],
  ['CP-7941G', 'cisco-java', '7941'],
  ['CP-7941G-GE', 'cisco-java', '7941G-GE'],
  ['CP-7961G-GE', 'cisco-java', '7961G-GE'],
  ['CP-7970G', 'cisco-java', '7970'],
  ['CP-7971G-GE', 'cisco-java', '7971'],
  ['CP-7975G', 'cisco-java', '7975'],
] as const)
  test(`${text} is a ${model}`, () => {
    const vendorClass = `Cisco Systems, Inc. IP Phone ${text}`;
    assert.deepEqual(claims({ vendorClass }), [[family, model]]);
  });

test('a phone without loader names no model, and tells that by it', () => {
  const [cisco7900] = families;
  const before = cisco7900?.dhcp.identify({ vendorClass: 'Cisco Systems, Inc. IP Phone' });
  assert.equal(before?.model, undefined);
  assert.ok(before?.sorts?.includes('unsigned SCCP') && !before.sorts.includes('universal'));
  const after = cisco7900?.dhcp.identify({ vendorClass: 'Cisco Systems, Inc. IP Phone CP-7940G' });
  assert.deepEqual(after?.sorts, ['universal']);
});

test('a host name tells the family only where nothing speaks against it', () => {
  const named = [
    ['cisco-7900', undefined],
    ['cisco-java', undefined],
  ];
  assert.deepEqual(claims({ hostName: 'SEP002699EF0F1A', mac }), named);
  assert.deepEqual(claims({ hostName: 'sep002699ef0f1a' }), named);
  assert.deepEqual(claims({ hostName: 'SEP001122334455', mac }), []);
  assert.deepEqual(claims({ hostName: 'SEP002699EF0F1A', vendorClass: 'MSFT 5.0' }), []);
  assert.deepEqual(claims({ mac }), []);
});

test('other devices are no phones of ours', () => {
  for (const vendorClass of [
    '',
    'Cisco Systems, Inc.',
    'Cisco Systems, Inc. IP Phone 7905',
    'Cisco Systems, Inc. IP Phone CP-8945',
    'Cisco Systems Inc. Wireless Phone 7921',
    'Cisco AP c1200',
    'PXEClient:Arch:00000:UNDI:002001',
  ])
    assert.deepEqual(claims({ vendorClass }), [], vendorClass);
});
