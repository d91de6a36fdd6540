import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dhcpBootEvents } from './boot-events.ts';
import { looksForAddress } from '../address-search.ts';
import { clientMessage, type ClientWords } from './testing/messages.ts';

const asked = (words: ClientWords) => ({ asking: { message: clientMessage(words) } });

test('a question and its answer, as a capture of them would be read', () => {
  const { asking } = asked({
    type: 'request',
    options: { 50: '192.0.2.9', 54: '192.0.2.1', 55: '1 150', 60: 'text Cisco' },
  });
  const message = {
    ...clientMessage({ type: 'ack', options: { 54: '192.0.2.1', 150: '192.0.2.1' } }),
    ...{ op: 'reply' as const, yiaddr: 0xc0000209 },
  };
  const decision = { asking, answer: { message }, outcome: 'ack', because: 'new' } as const;
  const [question, answer, ...more] = dhcpBootEvents(decision, 7);
  assert.deepEqual(question, {
    ...{ at: 7, protocol: 'dhcp' },
    happening: {
      kind: 'dhcp',
      dhcp: {
        ...{ message: 'request', server: '192.0.2.1', address: '192.0.2.9' },
        ...{ vendorClass: 'text Cisco', asksFor: [1, 150], options: [53, 50, 54, 55, 60] },
      },
    },
  });
  assert.deepEqual(answer, {
    ...{ at: 7, protocol: 'dhcp', address: '192.0.2.9' },
    happening: {
      kind: 'dhcp',
      dhcp: {
        ...{ message: 'ack', server: '192.0.2.1', address: '192.0.2.9' },
        ...{ tftpServers: ['192.0.2.1'], options: [53, 54, 150] },
      },
    },
  });
  assert.equal(more.length, 0);
});

test('silence has its reason', () => {
  const { asking } = asked({ type: 'discover' });
  const events = dhcpBootEvents({ asking, outcome: 'none', because: 'no address is left' }, 7);
  const dhcp = { message: 'discover', options: [53], note: 'no address is left' };
  assert.deepEqual(events, [{ at: 7, protocol: 'dhcp', happening: { kind: 'dhcp', dhcp } }]);
});

test('which messages a phone sends that has no address', () => {
  const rows: readonly (readonly [ClientWords, boolean])[] = [
    [{ type: 'discover' }, true],
    // RFC 2131 section 4.3.2: INIT-REBOOT, SELECTING, RENEWING.
    [{ type: 'request', options: { 50: '192.0.2.9' } }, true],
    [{ type: 'request', options: { 50: '192.0.2.9', 54: '192.0.2.1' } }, false],
    [{ type: 'request', ciaddr: '192.0.2.9' }, false],
    [{ type: 'inform', ciaddr: '192.0.2.9' }, false],
    [{ type: 'release', ciaddr: '192.0.2.9' }, false],
  ];
  for (const [words, expected] of rows) {
    const [event] = dhcpBootEvents({ ...asked(words), outcome: 'none', because: '' }, 0);
    assert.ok(event);
    assert.equal(looksForAddress(event), expected, JSON.stringify(words));
  }
});
