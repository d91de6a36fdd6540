import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { headersOf } from '../../codec/sip/headers-of.ts';
import { parseSip } from '../../codec/sip/parse-sip.ts';
import { respond } from '../../codec/sip/respond.ts';
import type { SipRequest } from '../../codec/sip/sip-message.ts';
import type { Binding } from '../../model/binding.ts';
import { parseMac } from '../../wire/mac.ts';
import { createBindingTable } from './binding-table.ts';
import { register, registrarTimes, type Registered } from './registrar.ts';

const mac = parseMac('020000000001');
const other = parseMac('020000000002');
const from = { transport: 'UDP', address: '192.0.2.7', port: 50_000 } as const;
const start = 1_000_000;

type Asked = {
  readonly contacts?: readonly string[];
  readonly expires?: string;
  readonly callId?: string;
  readonly sequence?: number;
  readonly at?: number;
};

function requestOf({ contacts = [], expires, callId = 'one', sequence = 1 }: Asked): SipRequest {
  const lines = [
    'REGISTER sip:192.0.2.1 SIP/2.0',
    'Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1',
    'From: <sip:7001@192.0.2.1>;tag=1',
    'To: <sip:7001@192.0.2.1>',
    `Call-ID: ${callId}`,
    `CSeq: ${sequence} REGISTER`,
    'User-Agent: Cisco-CP7960G/8.0',
    ...(expires === undefined ? [] : [`Expires: ${expires}`]),
    ...contacts.map((each) => `Contact: ${each}`),
  ];
  const message = parseSip(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`));
  assert.ok(message.kind === 'request');
  return message;
}

/** A line on which one REGISTER after the other comes. */
function line(times = registrarTimes) {
  const table = createBindingTable([]);
  return {
    table,
    ask(asked: Asked): Registered {
      const now = start + (asked.at ?? 0) * 1000;
      const current = table.of('7001', now);
      const request = requestOf(asked);
      const result = register({ request, user: '7001', mac, from, now, current, times });
      table.change(result.put, result.gone);
      return result;
    },
    contacts: (at = 0) => table.of('7001', start + at * 1000).map(({ contact }) => contact),
  };
}

/** Contacts of the answer. */
function told(result: Registered): readonly string[] {
  return headersOf(respond(requestOf({}), result), 'contact');
}

const a = '<sip:7001@192.0.2.7>';
const b = '<sip:7001@192.0.2.8:5062;transport=tcp>';

describe('RFC 3261 section 10.2.1: how long', () => {
  const rows: readonly (readonly [string, Asked, string])[] = [
    [
      'the parameter of the contact goes first',
      { contacts: [`${a};expires=120`], expires: '900' },
      '120',
    ],
    ['then Expires', { contacts: [a], expires: '900' }, '900'],
    ['then what is usual', { contacts: [a] }, '3600'],
    ['what cannot be read counts as nothing said', { contacts: [`${a};expires=soon`] }, '3600'],
    ['too long is made shorter', { contacts: [a], expires: '4294967296' }, '86400'],
    ['the least is enough', { contacts: [a], expires: '60' }, '60'],
  ];
  for (const [name, asked, seconds] of rows)
    test(name, () => assert.deepEqual(told(line().ask(asked)), [`${a};expires=${seconds}`]));
});

test('section 10.3 step 7: too short is 423 with Min-Expires, and nothing is bound', () => {
  const one = line();
  const { status, headers } = one.ask({ contacts: [`${b};expires=600`, `${a};expires=59`] });
  assert.deepEqual([status, headers], [423, [{ name: 'Min-Expires', value: '60' }]]);
  assert.deepEqual(one.contacts(), []);
});

test('section 10.2.3: a REGISTER without contacts asks, with what is left of each', () => {
  const one = line();
  one.ask({ contacts: [`${a};q=0.5`, `${b};expires=100`] });
  const asked = one.ask({ sequence: 2, at: 40 });
  assert.deepEqual(told(asked).toSorted(), [`${a};expires=3560;q=0.5`, `${b};expires=60`]);
  assert.deepEqual([asked.put.length, asked.gone.length], [0, 0]);
  assert.deepEqual(told(one.ask({ sequence: 3, at: 101 })), [`${a};expires=3499;q=0.5`]);
});

test('section 10.2.2: one contact goes by expires=0, all by *', () => {
  const one = line();
  one.ask({ contacts: [a, b] });
  assert.deepEqual(told(one.ask({ contacts: [`${a};expires=0`], sequence: 2 })), [
    `${b};expires=3600`,
  ]);
  assert.equal(one.ask({ contacts: ['*'], sequence: 3 }).status, 400);
  assert.equal(one.ask({ contacts: ['*'], expires: '600', sequence: 3 }).status, 400);
  assert.equal(one.ask({ contacts: ['*', a], expires: '0', sequence: 3 }).status, 400);
  assert.equal(one.contacts().length, 1);
  assert.deepEqual(told(one.ask({ contacts: ['*'], expires: '0', sequence: 3 })), []);
  assert.equal(one.table.size, 0);
  assert.equal(
    one.ask({ contacts: [`${a};expires=0`], sequence: 4 }).status,
    200,
    'it is not there',
  );
});

test('section 10.3 steps 6 and 7: what comes late within a Call-ID changes nothing at all', () => {
  const one = line();
  one.ask({ contacts: [a], sequence: 5 });
  for (const sequence of [4, 5]) assert.equal(one.ask({ contacts: [b, a], sequence }).status, 500);
  assert.equal(one.ask({ contacts: ['*'], expires: '0', sequence: 5 }).status, 500);
  assert.deepEqual(one.contacts(), ['sip:7001@192.0.2.7']);
  assert.equal(one.ask({ contacts: [a], sequence: 1, callId: 'after a restart' }).status, 200);
  assert.equal(
    one.ask({ contacts: ['*'], expires: '0', sequence: 1 }).status,
    200,
    'another Call-ID',
  );
});

test('section 19.1.4: the same contact in other words takes the place of the one before', () => {
  const one = line();
  one.ask({ contacts: ['<sip:%37001@HOST.example;x=1>'] });
  one.ask({ contacts: ['<sip:7001@host.example>'], sequence: 2 });
  assert.deepEqual(one.contacts(), ['sip:7001@host.example']);
  one.ask({ contacts: ['<sip:7001@host.example:5060>'], sequence: 3 });
  assert.equal(one.contacts().length, 2, 'a port that is said is another contact');
  one.ask({ contacts: ['<tel:+1201>', '<tel:+1201>'], sequence: 4 });
  assert.equal(one.contacts().length, 3);
});

test('section 20.10: q is 0 to 1; contacts have a limit', () => {
  const one = line();
  for (const q of ['1.1', '-1', 'x', '0.1234'])
    assert.equal(one.ask({ contacts: [`${a};q=${q}`] }).status, 400);
  const many = Array.from({ length: 11 }, (_, at) => `<sip:7001@192.0.2.${at}>`);
  assert.equal(one.ask({ contacts: many }).status, 403);
  assert.equal(one.ask({ contacts: many.slice(1) }).status, 200);
  assert.equal(one.contacts().length, 10);
});

test('a binding that proves nothing leaves its address to nobody', () => {
  const binding: Binding = {
    ...{ user: '1', contact: 'sip:1@h', mac, callId: 'c', sequence: 1, registeredAt: 0 },
    ...{ expiresAt: 100, received: from, userAgent: 'roams' },
  };
  const proves = ({ userAgent }: Binding) => userAgent !== 'roams';
  const table = createBindingTable([binding], proves);
  assert.equal(table.registered('192.0.2.7', 1), undefined);
  assert.equal(table.ofPhone(mac, 1).length, 1);
  assert.equal(createBindingTable([binding]).registered('192.0.2.7', 1), mac);
});

test('an address is the phone’s that alone is registered from it, as long as that holds', () => {
  const binding = (number: number, parts: Partial<Binding>): Binding => ({
    ...{
      user: `${number}`,
      contact: `sip:${number}@h`,
      mac,
      callId: 'c',
      sequence: 1,
      registeredAt: 0,
    },
    ...{ expiresAt: 100, received: from, ...parts },
  });
  const table = createBindingTable([binding(1, {}), binding(2, {})]);
  assert.equal(table.registered('192.0.2.7', 99), mac);
  assert.equal(table.registered('192.0.2.7', 100), undefined);
  assert.equal(table.registered('192.0.2.8', 1), undefined);
  table.change([binding(3, { mac: other, expiresAt: 50 })], []);
  assert.equal(table.registered('192.0.2.7', 49), undefined, 'two phones behind one address');
  assert.equal(table.registered('192.0.2.7', 51), mac);
  table.change([], [binding(1, {}), binding(2, {})]);
  assert.equal(table.registered('192.0.2.7', 51), undefined);
  assert.deepEqual(
    table.runOut(60).map(({ user }) => user),
    ['3'],
  );
  assert.equal(table.ofPhone(other, 49).length, 1);
});
