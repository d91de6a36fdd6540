import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { happenings, stagedRegister } from '../testing/observed-capture.ts';
import { staged } from '../testing/staged-capture.ts';

const { phone, server } = staged;
const register = stagedRegister;
const refused = register
  .replace(/^REGISTER .*/, 'SIP/2.0 401 Unauthorized')
  .replace(/User-Agent.*\r\n/, '');
const registering = {
  kind: 'sip',
  method: 'REGISTER',
  from: 'phone',
  server,
  user: '100',
  userAgent: 'Phone/8.0',
  expires: 3600,
};
const unauthorized = {
  kind: 'sip',
  method: 'REGISTER',
  from: 'server',
  server,
  status: 401,
  user: '100',
  expires: 3600,
};

describe('SIP', () => {
  test('over UDP', async () => {
    const seen = await happenings((on) => {
      on.udp(5060, 5060, Buffer.from(register));
      on.udp(5060, 5060, Buffer.from(refused), 'from-server');
      on.udp(
        5060,
        5060,
        Buffer.from(`NOTIFY sip:100@${phone} SIP/2.0\r\nCSeq: 1 NOTIFY\r\nFrom: <sip:x@y>\r\n\r\n`),
        'from-server',
      );
      on.udp(5060, 5060, Buffer.from('\r\n\r\n'));
    });
    const notify = { kind: 'sip', method: 'NOTIFY', from: 'server', server, user: 'x' };
    assert.deepEqual(seen, [registering, unauthorized, notify]);
  });

  test('over TCP, two messages in three pieces', async () => {
    const both = register + register;
    const seen = await happenings((on) => {
      const piece = (from: number, to: number): void =>
        on.tcp({ fromPort: 5061, toPort: 5060, sequence: 1 + from, text: both.slice(from, to) });
      piece(0, 40);
      piece(40, register.length + 10);
      piece(register.length + 10, both.length);
    });
    assert.deepEqual(seen, [registering, registering]);
  });
});
