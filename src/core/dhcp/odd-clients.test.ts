import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatIPv4 } from '../../wire/ipv4.ts';
import { addressOf, desk, optionsOf, reply, serverAddress } from './testing/desk.ts';
import { clientMessage, type ClientWords } from './testing/messages.ts';
import { readAsking } from './asking.ts';

/** What real networks send, and what some clients send that no document allows. */

const site = `
  lease: 1h
  networks:
    10.1.0.0/24:
      pools: 10.1.0.10-10.1.0.20
      reservations:
        02:00:00:00:00:63: { address: 10.1.0.99, host_name: lobby, boot_file: lobby.bin }
        id:ff0102030400010203: 10.1.0.98
    10.2.0.0/24:
      pools: 10.2.0.10-10.2.0.20
`;
const everybody = { address: '255.255.255.255', port: 68 };
const toClient = (address: string) => ({ address, port: 68 });

describe('ciaddr', () => {
  test('of a renewal that came through a router: the answer goes there, flag or not', () => {
    for (const broadcast of [false, true]) {
      const renewed = desk(site).ask({ type: 'request', ciaddr: '10.2.0.12', broadcast });
      assert.equal(renewed.outcome, 'ack');
      assert.deepEqual(renewed.answer?.to, toClient('10.2.0.12'));
    }
  });

  test('of a network that is not known: who moved here with it is refused, so that it starts anew', () => {
    const moved = desk(site).ask({ type: 'request', ciaddr: '192.168.7.20' });
    assert.deepEqual([moved.outcome, moved.because], ['nak', 'the address is not of this network']);
    assert.deepEqual(moved.answer?.to, everybody);
    const relayed = desk(site).ask({ type: 'request', ciaddr: '192.168.7.20', giaddr: '10.2.0.1' });
    assert.equal(relayed.outcome, 'nak');
    assert.equal(reply(relayed).flags, 0x8000);
    const other = desk(`${site}  mode: phones-only\n`, { whoIs: () => ({ labels: {} }) });
    assert.equal(other.ask({ type: 'request', ciaddr: '192.168.7.20' }).outcome, 'none');
  });

  test('of a network that is not known, in an INFORM: silence, and an event', () => {
    const { outcome, events } = desk(site).ask({ type: 'inform', ciaddr: '192.168.7.20' });
    assert.deepEqual([outcome, events[0]?.kind], ['none', 'network-unknown']);
  });

  test('in a DISCOVER, where it has to be 0: neither the network nor the way back', () => {
    const offer = desk(site).ask({ type: 'discover', ciaddr: '10.2.0.12' });
    assert.equal(addressOf(offer), '10.1.0.10');
    assert.deepEqual(offer.answer?.to, everybody);
  });

  test('in the choice of an offer: the answer is broadcast still', () => {
    const at = desk(site);
    at.ask({ type: 'discover' });
    const options = { 54: serverAddress };
    const ack = at.ask({ type: 'request', ciaddr: '10.1.0.10', options });
    assert.equal(addressOf(ack), '10.1.0.10');
    assert.deepEqual(ack.answer?.to, everybody);
  });
});

describe('who a client is', () => {
  const lease = (at: ReturnType<typeof desk>, words: Partial<ClientWords>) => at.lease(1, words);

  test('option 61 of type 1 is the same client as none; a UUID and a DUID (RFC 4361) are others', () => {
    const at = desk(site);
    const ids = [undefined, '01:02:00:00:00:00:01', '00:4c:4c:45:44', 'ff:00:00:00:01:00:03:aa'];
    const addresses = ids.map((id) => lease(at, id === undefined ? {} : { options: { 61: id } }));
    assert.deepEqual(addresses, ['10.1.0.10', '10.1.0.10', '10.1.0.11', '10.1.0.12']);
  });

  test('a DUID has its reservation, whatever MAC it comes by', () => {
    for (const client of [1, 2]) {
      const offer = desk(site).ask({
        type: 'discover',
        client,
        options: { 61: 'ff:01:02:03:04:00:01:02:03' },
      });
      assert.equal(addressOf(offer), '10.1.0.98');
      assert.equal(optionsOf(offer).get(61), 'ff0102030400010203');
    }
  });

  test('an empty option 61 is none', () => {
    const asking = readAsking(
      clientMessage({ type: 'discover', options: { 61: new Uint8Array() } }),
    );
    assert.equal(asking?.clientId, '01020000000001');
  });

  test('no Ethernet: by its own type and length, without a MAC', () => {
    const infiniband = { hardwareType: 32, hardwareLength: 0 };
    const at = desk(site);
    const words = { type: 'discover', fields: infiniband, options: { 61: 'ff:20:01:02' } } as const;
    const offer = at.ask({ ...words, broadcast: true });
    assert.equal(addressOf(offer), '10.1.0.10');
    assert.equal(offer.asking.mac, undefined);
    assert.deepEqual([reply(offer).hardwareType, reply(offer).hardwareLength], [32, 0]);
    const eight = { hardwareType: 24, hardwareLength: 8 };
    assert.equal(addressOf(at.ask({ type: 'discover', fields: eight })), '10.1.0.11');
  });

  test('neither hardware address nor option 61: all of them would be one client', () => {
    const nobody = clientMessage({ type: 'discover', fields: { hardwareLength: 0 } });
    assert.equal(readAsking(nobody), undefined);
  });

  test('BOOTP is not answered', () => {
    assert.equal(readAsking({ ...clientMessage({ type: 'discover' }), options: [] }), undefined);
  });

  test('a transaction 0 is one like others', () => {
    const offer = desk(site).ask({ type: 'discover', fields: { transactionId: 0 } });
    assert.deepEqual([addressOf(offer), reply(offer).transactionId], ['10.1.0.10', 0]);
  });
});

describe('option 82', () => {
  const words = Uint8Array.of(1, 2, 0, 7, 5, 4, 10, 2, 0, 0, 11, 4, 10, 1, 0, 9, 19, 0);

  test('without giaddr: comes back to the switch that put it in, and directs nothing', () => {
    const offer = desk(site).ask({ type: 'discover', options: { 82: words } });
    assert.equal(addressOf(offer), '10.1.0.10');
    assert.equal(optionsOf(offer).get(54), serverAddress);
    assert.deepEqual(offer.answer?.to, everybody);
    assert.deepEqual(reply(offer).options.at(-1), { code: 82, bytes: words });
  });

  test('of a relay agent: directs the server', () => {
    const at = desk(site, { fromPort: 1067 });
    const offer = at.ask({ type: 'discover', giaddr: '10.1.0.2', options: { 82: words } });
    assert.equal(addressOf(offer), '10.2.0.10');
    assert.equal(optionsOf(offer).get(54), '10.1.0.9');
    assert.deepEqual(offer.answer?.to, { address: '10.1.0.2', port: 1067 });
  });

  test('two relay agents of one wire: the same address by both, and one lease', () => {
    const at = desk(site);
    const by = (giaddr: string, words: Partial<ClientWords> = {}) =>
      at.ask({ type: 'discover', giaddr, ...words });
    const offers = ['10.2.0.1', '10.2.0.2'].map((giaddr) => by(giaddr));
    assert.deepEqual(offers.map(addressOf), ['10.2.0.10', '10.2.0.10']);
    const options = { 50: '10.2.0.10', 54: serverAddress };
    const acks = ['10.2.0.1', '10.2.0.2'].map((giaddr) => by(giaddr, { type: 'request', options }));
    assert.deepEqual(
      acks.map(({ outcome, answer }) => [outcome, answer?.to.address]),
      [
        ['ack', '10.2.0.1'],
        ['ack', '10.2.0.2'],
      ],
    );
    assert.equal(at.table.size, 1);
  });
});

describe('INFORM', () => {
  test('by a relay agent: to the client itself', () => {
    const { answer } = desk(site).ask({ type: 'inform', ciaddr: '10.2.0.50', giaddr: '10.2.0.1' });
    assert.deepEqual(answer?.to, toClient('10.2.0.50'));
  });

  test('with ciaddr 0: broadcast, by the relay agent too', () => {
    const here = desk(site).ask({ type: 'inform' });
    assert.deepEqual(here.answer?.to, everybody);
    assert.equal(reply(here).yiaddr, 0);
    const relayed = desk(site).ask({ type: 'inform', giaddr: '10.2.0.1' });
    assert.deepEqual(relayed.answer?.to, { address: '10.2.0.1', port: 67 });
    assert.equal(reply(relayed).flags, 0x8000);
  });

  test('of a client with a reservation: what that gives', () => {
    const ack = desk(site).ask({ type: 'inform', client: 0x63, ciaddr: '10.1.0.99' });
    assert.deepEqual([optionsOf(ack).get(12), reply(ack).bootFile], ['lobby', 'lobby.bin']);
    assert.equal(optionsOf(ack).has(51), false);
  });
});

describe('what is asked for', () => {
  test('a lease for ever, or for no time: within what is allowed', () => {
    for (const [asked, given] of [
      [Uint8Array.of(255, 255, 255, 255), 86_400],
      [Uint8Array.of(0, 0, 0, 0), 120],
    ] as const)
      assert.equal(
        optionsOf(desk(site).ask({ type: 'discover', options: { 51: asked } })).get(51),
        given,
      );
  });

  test('option 50 outside the pools: another address, and never a lease', () => {
    for (const address of [
      '10.1.0.1',
      '10.1.0.0',
      '10.1.0.255',
      '10.1.0.99',
      '0.0.0.0',
      '8.8.8.8',
    ]) {
      const at = desk(site);
      const offer = at.ask({ type: 'discover', options: { 50: address } });
      assert.equal(addressOf(offer), '10.1.0.10', address);
      const taken = { 50: address, 54: serverAddress };
      assert.equal(at.ask({ type: 'request', options: taken }).outcome, 'nak', address);
    }
  });

  test('a message size below the least: 576 octets stand', () => {
    for (const bytes of [Uint8Array.of(0, 0), Uint8Array.of(1, 44), Uint8Array.of(9)])
      assert.equal(
        desk(site).ask({ type: 'discover', options: { 57: bytes } }).answer?.maximumSize,
        576,
      );
  });

  test('a server that started anew between offer and choice: whoever comes first, and one alone', () => {
    const before = desk(site);
    assert.equal(addressOf(before.ask({ type: 'discover', client: 1 })), '10.1.0.10');
    const options = { 50: '10.1.0.10', 54: serverAddress };
    const after = desk(site);
    assert.equal(after.ask({ type: 'request', client: 1, options }).outcome, 'ack');
    const meanwhile = desk(site);
    assert.equal(meanwhile.lease(2), '10.1.0.10');
    assert.equal(meanwhile.ask({ type: 'request', client: 1, options }).outcome, 'nak');
  });
});

test('DECLINE of an offer that was not taken yet: nobody is offered it', () => {
  const at = desk(site);
  at.ask({ type: 'discover' });
  const options = { 50: '10.1.0.10', 54: serverAddress };
  assert.equal(at.ask({ type: 'decline', client: 2, options }).lease, undefined);
  const { lease } = at.ask({ type: 'decline', options });
  assert.deepEqual([lease?.address, lease?.state], ['10.1.0.10', 'declined']);
  assert.deepEqual(
    [1, 2].map((client) => formatIPv4(reply(at.ask({ type: 'discover', client })).yiaddr)),
    ['10.1.0.11', '10.1.0.12'],
  );
});
