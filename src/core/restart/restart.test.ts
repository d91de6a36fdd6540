import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headerOf } from '../../codec/sip/headers-of.ts';
import { respond } from '../../codec/sip/respond.ts';
import type { SipRequest } from '../../codec/sip/sip-message.ts';
import type { Binding } from '../../model/binding.ts';
import { parseMac } from '../../wire/mac.ts';
import { notifyVerdict } from './answer-words.ts';
import { targetAtAddress, targetOfBinding, targetThroughProxy } from './restart-target.ts';
import { sendNotify } from './send-notify.ts';

const binding: Binding = {
  ...{ user: '7001', contact: 'sip:7001@192.0.2.7:5062;transport=udp', callId: 'c', sequence: 1 },
  ...{ mac: parseMac('020000000001'), registeredAt: 0, expiresAt: 1, local: '192.0.2.1:5060' },
  received: { transport: 'UDP', address: '192.0.2.7', port: 50_000 },
};

test('a phone is reached at its contact, behind NAT where it came from', () => {
  assert.deepEqual(targetOfBinding(binding).path, {
    ...{ transport: 'UDP', address: '192.0.2.7', port: 5062 },
  });
  for (const contact of ['sip:7001@10.0.0.7', 'sip:7001@phone.example', 'tel:+1'])
    assert.deepEqual(targetOfBinding({ ...binding, contact }).path, binding.received);
  const received = { ...binding.received, transport: 'TCP' } as const;
  assert.deepEqual(targetOfBinding({ ...binding, received }).path, received);
  assert.equal(targetAtAddress('a b', '192.0.2.7').uri, 'sip:a%20b@192.0.2.7');
  const proxy = { host: 'pbx.example', address: '192.0.2.20', port: 5060 };
  assert.equal(targetThroughProxy('7001', proxy).uri, 'sip:7001@pbx.example');
  assert.equal(
    targetThroughProxy('7001', { ...proxy, port: 5080 }).uri,
    'sip:7001@pbx.example:5080',
  );
});

test('a challenge is answered once, in a request of its own', async () => {
  const sent: SipRequest[] = [];
  let tokens = 0;
  const end = await sendNotify({
    sender: {
      request({ make, handler }) {
        const request = make({ host: '192.0.2.1', port: 5060 });
        sent.push(request);
        const challenge = {
          name: 'Proxy-Authenticate',
          value: 'Digest realm="r", nonce="n", qop="auth"',
        };
        const parts = {
          status: 407,
          reason: 'Proxy Authentication Required',
          headers: [challenge],
        };
        handler.final(respond(request, parts));
        return Promise.resolve();
      },
    },
    way: { kind: 'notify', event: 'check-sync', does: 'it restarts' },
    target: targetOfBinding(binding),
    credentials: { username: 'op', password: 'x' },
    newToken: () => `t${tokens++}`,
  });
  assert.deepEqual(end.kind === 'answered' && end.status, 407);
  assert.deepEqual(
    sent.map((each) => headerOf(each, 'cseq')),
    ['1 NOTIFY', '2 NOTIFY'],
  );
  assert.match(
    headerOf(sent[1] as SipRequest, 'proxy-authorization') ?? '',
    /^Digest username="op"/,
  );
  assert.equal(new Set(sent.map((each) => headerOf(each, 'call-id'))).size, 1);
  assert.equal(new Set(sent.map((each) => headerOf(each, 'via'))).size, 2);
});

test('what answers mean', () => {
  const rows = [
    [200, 'taken'],
    [202, 'taken'],
    [404, 'refused'],
    [407, 'refused'],
    [481, 'refused'],
    [486, 'busy'],
    [503, 'refused'],
  ] as const;
  for (const [status, outcome] of rows) {
    const verdict = notifyVerdict({ kind: 'answered', status, reason: 'R' }, 'it restarts');
    assert.equal(verdict.outcome, outcome);
    assert.match(verdict.text, new RegExp(`^${status} R: .`));
  }
  assert.equal(notifyVerdict({ kind: 'failed', because: 'timeout' }, '').outcome, 'silent');
});
