import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serializeDhcp } from '../../codec/dhcp/serialize-dhcp.ts';
import { formatIPv4 } from '../../wire/ipv4.ts';
import { desk, optionsOf, reply, serverAddress } from './testing/desk.ts';
import type { ClientWords } from './testing/messages.ts';

const full = `
  tftp: 10.1.0.2, 10.1.0.3
  domain: example.org
  dns: 10.1.0.4
  networks:
    10.1.0.0/24:
      pools: 10.1.0.10-10.1.0.20
      routers: 10.1.0.254
      ntp: 10.1.0.5
      time_offset: -5h
      options:
        43: hex 80 01 61
        191: text VLAN-A:5+6.
        200: ip 10.1.0.6
  rules:
    - vendor_class: Phone*
      options:
        128: text Phone,10.1.0.7:4100,1,10.
    - mac: 02:00:00:00:00:0
      model: '7960'
      tftp: tftp.example.org
    - label: group=lobby
      next_server: 10.1.0.8
      boot_file: lobby.bin
`;
const phone = { model: '7960', labels: { group: 'lobby, night' } };
const relayed = Uint8Array.of(1, 2, 0, 7, 2, 1, 9);

describe('options of an answer', () => {
  test('in the order in which the client asks, what it needs before and what it echoes behind', () => {
    const at = desk(full);
    const options = { 55: '150 66 3 1 6 15 99', 61: '00:01:02', 82: relayed };
    const { options: given } = reply(at.ask({ type: 'discover', giaddr: '10.1.0.2', options }));
    const codes = given.map(({ code }) => code);
    assert.deepEqual(codes, [53, 54, 51, 58, 59, 150, 66, 3, 1, 6, 15, 61, 82]);
    assert.deepEqual(given.at(-1)?.bytes, relayed);
    assert.deepEqual(given.at(-2)?.bytes, Uint8Array.of(0, 1, 2));
  });

  test('a client without a list gets everything', () => {
    const given = optionsOf(desk(full).ask({ type: 'discover' }));
    assert.deepEqual(given.get(150), ['10.1.0.2', '10.1.0.3']);
    assert.equal(given.get(66), '10.1.0.2');
    assert.equal(given.get(2), -5 * 3600);
    assert.deepEqual(given.get(42), ['10.1.0.5']);
    assert.equal(given.get(15), 'example.org');
    assert.equal(given.get(200), '0a010006');
  });

  test('vendor and VLAN options byte for byte', () => {
    const { options } = reply(desk(full).ask({ type: 'discover', options: { 55: '43 191' } }));
    const text = (code: number) =>
      Buffer.from(options.find((each) => each.code === code)!.bytes).toString('latin1');
    assert.equal(text(43), '\x80\x01a');
    assert.equal(text(191), 'VLAN-A:5+6.');
  });

  test('mask to everybody; to phones routers and TFTP servers as well, asked for or not', () => {
    const codes = (isPhone: boolean) => {
      const at = desk(full, { whoIs: () => (isPhone ? { labels: {} } : undefined) });
      return [...optionsOf(at.ask({ type: 'discover', options: { 55: '6' } })).keys()].slice(5);
    };
    assert.deepEqual(codes(false), [6, 1]);
    assert.deepEqual(codes(true), [6, 1, 3, 150, 66]);
  });

  test('option 150, 66 and siaddr agree: of the settings, an option, a name, this server', () => {
    const places = (text: string) => {
      const decision = desk(text).ask({ type: 'discover' });
      const options = optionsOf(decision);
      return [options.get(150), options.get(66), formatIPv4(reply(decision).siaddr)];
    };
    const networks = '  networks:\n    10.1.0.0/24:\n      pools: 10.1.0.10\n';
    assert.deepEqual(places(full), [['10.1.0.2', '10.1.0.3'], '10.1.0.2', '10.1.0.2']);
    assert.deepEqual(places(networks), [[serverAddress], serverAddress, serverAddress]);
    const option = `${networks}      options: { 150: 10.1.0.9 }\n`;
    assert.deepEqual(places(option), [['10.1.0.9'], '10.1.0.9', '10.1.0.9']);
    const name = `${networks}      tftp: tftp.example.org\n`;
    assert.deepEqual(places(name), [undefined, 'tftp.example.org', '0.0.0.0']);
    const next = `${option}      next_server: 10.1.0.7\n`;
    assert.deepEqual(places(next), [['10.1.0.9'], '10.1.0.9', '10.1.0.7']);
  });

  test('rules: every word must fit, later ones win, and they are sent unasked', () => {
    const ask = (words: Partial<ClientWords>, whoIs = () => phone) =>
      desk(full, { whoIs }).ask({ type: 'discover', ...words });
    const vendor = optionsOf(ask({ client: '0200000100ff', options: { 55: '1', 60: 'Phone x' } }));
    assert.ok(vendor.has(128));
    const both = ask({ client: 5, options: { 55: '1' } });
    assert.equal(optionsOf(both).get(66), 'tftp.example.org');
    assert.equal(optionsOf(both).has(128), false);
    assert.equal(formatIPv4(reply(both).siaddr), '10.1.0.8');
    assert.equal(reply(both).bootFile, 'lobby.bin');
    assert.equal(optionsOf(both).get(67), 'lobby.bin');
    const none = desk(full).ask({ type: 'discover', client: 5 });
    assert.equal(optionsOf(none).get(66), '10.1.0.2');
    assert.equal(reply(none).bootFile, '');
  });

  test('what is in the message for the smallest client fits, and what is needed is there', () => {
    const long = Array.from({ length: 12 }, (_, i) => `        ${224 + i}: text ${'x'.repeat(60)}`);
    const text = `  networks:\n    10.1.0.0/24:\n      pools: 10.1.0.10\n      options:\n${long.join('\n')}\n`;
    const codes = (words: Record<number, string>) => {
      const decision = desk(text).ask({ type: 'discover', options: words });
      const { message, maximumSize = 0 } = decision.answer!;
      assert.ok(serializeDhcp(message, { maximumSize }).length <= Math.max(576, maximumSize) - 28);
      return message.options.map(({ code }) => code);
    };
    const wanted = [...Array.from({ length: 12 }, (_, i) => 224 + i), 3].join(' ');
    const few = codes({ 55: wanted });
    for (const code of [53, 54, 51, 1]) assert.ok(few.includes(code), String(code));
    assert.ok(few.includes(226) && !few.includes(235), few.join());
    assert.ok(codes({ 55: wanted, 57: '1500' }).includes(235));
    // What a client says of less than the least that RFC 2132 allows does not count.
    assert.deepEqual(codes({ 55: wanted, 57: '576' }), few);
  });

  test('the host name of a reservation, if the client asks for it or not', () => {
    const text = `  networks:
    10.1.0.0/24:
      pools: 10.1.0.10
      reservations:
        02:00:00:00:00:01: { address: 10.1.0.5, host_name: lobby-1, domain: a.example }
`;
    const given = optionsOf(desk(text).ask({ type: 'discover', options: { 55: '1' } }));
    assert.deepEqual([given.get(12), given.get(15)], ['lobby-1', 'a.example']);
  });
});

describe('where an answer goes, RFC 2131 section 4.1', () => {
  const everybody = { address: '255.255.255.255', port: 68 };
  const sourcePort = { giaddr: '10.1.0.2', options: { 82: Uint8Array.of(19, 0) } };
  const rows: readonly (readonly [string, ClientWords, object])[] = [
    ['no address, broadcast flag', { type: 'discover', broadcast: true }, everybody],
    ['no address, no flag: broadcast stands in for it', { type: 'discover' }, everybody],
    ['renewing', { type: 'request', ciaddr: '10.1.0.10' }, { address: '10.1.0.10', port: 68 }],
    ['relayed', { type: 'discover', giaddr: '10.1.0.2' }, { address: '10.1.0.2', port: 67 }],
    ['RFC 8357', { type: 'discover', ...sourcePort }, { address: '10.1.0.2', port: 1067 }],
    ['refused', { type: 'request', options: { 50: '192.168.0.9' } }, everybody],
    [
      'refused by a relay',
      { type: 'request', giaddr: '10.1.0.2', options: { 50: '192.168.0.9' } },
      { address: '10.1.0.2', port: 67 },
    ],
  ];
  for (const [name, words, to] of rows)
    test(name, () => {
      const at = desk(full, { fromPort: 1067 });
      assert.deepEqual(at.ask(words).answer?.to, to);
    });

  test('what a reply keeps of its request, table 3', () => {
    const at = desk(full);
    const message = reply(at.ask({ type: 'discover', giaddr: '10.1.0.2', broadcast: true }));
    const { op, transactionId, hops, seconds, flags, giaddr, ciaddr } = message;
    assert.deepEqual(
      { op, transactionId, hops, seconds, flags, giaddr, ciaddr },
      {
        ...{ op: 'reply', transactionId: 0x3903f326, hops: 0, seconds: 0 },
        ...{ flags: 0x8000, giaddr: 0x0a010002, ciaddr: 0 },
      },
    );
    const renewed = at.ask({ type: 'request', ciaddr: '10.1.0.12' });
    assert.equal(formatIPv4(reply(renewed).ciaddr), '10.1.0.12');
  });

  test('a refusal has no address, says why and, by a relay, wants to be broadcast', () => {
    const at = desk(full);
    const words: ClientWords = { type: 'request', options: { 50: '192.168.0.9', 61: '00:01' } };
    const nak = at.ask(words);
    const { yiaddr, ciaddr, siaddr, flags } = reply(nak);
    assert.deepEqual([yiaddr, ciaddr, siaddr, flags], [0, 0, 0, 0]);
    assert.deepEqual([...optionsOf(nak).keys()], [53, 54, 56, 61]);
    assert.equal(optionsOf(nak).get(56), 'the address is not of this network');
    assert.equal(reply(at.ask({ ...words, giaddr: '10.1.0.2' })).flags, 0x8000);
  });

  test('the server identifier is the one that the relay wants, RFC 5107', () => {
    const at = desk(full);
    const options = { 82: Uint8Array.of(11, 4, 10, 1, 0, 2) };
    const offer = at.ask({ type: 'discover', giaddr: '10.1.0.2', options });
    assert.equal(optionsOf(offer).get(54), '10.1.0.2');
    const taken = { ...options, 50: '10.1.0.10', 54: '10.1.0.2' };
    assert.equal(at.ask({ type: 'request', giaddr: '10.1.0.2', options: taken }).outcome, 'ack');
  });
});
