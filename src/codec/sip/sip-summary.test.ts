import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { capturedSip, isSip, summarizeSip, type SipSummary } from './sip-summary.ts';

function summary(bytes: Uint8Array): SipSummary | undefined {
  const message = capturedSip(bytes);
  return message && summarizeSip(message);
}

const read = (...lines: readonly string[]) =>
  summary(Buffer.from(`${lines.join('\r\n')}\r\n\r\nbody: x`));

test('a request, with folded and repeated fields', () => {
  assert.deepEqual(
    read(
      'INVITE sip:200@192.0.2.1 SIP/2.0',
      'From: "A"',
      '  <sip:100@192.0.2.1>;tag=1',
      'from: <sip:999@x>',
      'To: <sip:200@192.0.2.1>',
      'CSeq: 1 INVITE',
      'Call-ID: a@b',
    ),
    { method: 'INVITE', user: '100', callId: 'a@b' },
  );
});

test('a response is about the method of its CSeq, and of the user it registers', () => {
  assert.deepEqual(
    read(
      'SIP/2.0 403 Forbidden',
      'From: <sip:1@x>',
      't: <sip:2@x>',
      'CSeq: 7 REGISTER',
      'Server: pbx',
    ),
    { method: 'REGISTER', status: 403, reason: 'Forbidden', user: '2', userAgent: 'pbx' },
  );
  assert.equal(read('SIP/2.0 200 OK'), undefined);
});

test('of a message that was cut short the lines that are whole count', () => {
  const whole = 'REGISTER sip:x SIP/2.0\r\nTo: <sip:2@x>\r\nCSeq: 7 REGISTER\r\nExpires: 3600\r\n';
  const cut = (length: number) => summary(Buffer.from(whole.slice(0, length)));
  assert.deepEqual(cut(whole.length), { method: 'REGISTER', user: '2', expires: 3600 });
  assert.deepEqual(cut(whole.length - 3), { method: 'REGISTER', user: '2' });
  assert.deepEqual(cut(30), { method: 'REGISTER' });
  assert.equal(cut(20), undefined);
});

test('what is no SIP', () => {
  assert.equal(read('GET / HTTP/1.1'), undefined);
  assert.equal(isSip(Buffer.from('\r\n\r\n')), false);
  assert.equal(isSip(Buffer.from('REGISTER sip:x SIP/2.0\r\n')), true);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void summary(bytes)));
});
