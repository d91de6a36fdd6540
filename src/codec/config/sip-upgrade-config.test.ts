import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import {
  decodeSipUpgradeConfig,
  encodeSipUpgradeConfig,
  sipUpgradePointers,
  writeSipUpgradeConfig,
} from './sip-upgrade-config.ts';

const text =
  'S1.Server.IP=192.0.2.10 \r\ns1.server.port=5060\r\nS1.Server.Action=7\r\n' +
  'S1.Server.Domain=example.net\r\nS2.Server.IP=0.0.0.0\r\nS2.Server.Port=sip\r\nTFTP.Server.IP=192.0.2.5';

test('servers by name; 0.0.0.0 is none', () => {
  const document = decodeSipUpgradeConfig(text);
  assert.equal(encodeSipUpgradeConfig(document), text);
  assert.deepEqual(sipUpgradePointers(document), {
    s1: { address: '192.0.2.10', port: 5060, action: 7, domain: 'example.net' },
    s2: { address: undefined, port: undefined, action: undefined, domain: undefined },
    tftp: '192.0.2.5',
    dns: undefined,
  });
  assert.deepEqual(document.notes, []);
});

test('what is written is what is read', () => {
  const address = fc.option(
    fc.ipV4().filter((each) => each !== '0.0.0.0'),
    { nil: undefined },
  );
  const server = fc.record(
    {
      address,
      port: fc.integer({ min: 1, max: 65535 }),
      action: fc.constantFrom(1, 7),
      domain: fc.option(fc.domain(), { nil: undefined }),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(fc.record({ s1: server, s2: server, tftp: address, dns: address }), (pointers) => {
      const written = writeSipUpgradeConfig(pointers);
      assert.equal(written.split('\n').length, 11);
      assert.deepEqual(sipUpgradePointers(decodeSipUpgradeConfig(written)), { ...pointers });
    }),
  );
});

test('what the syntax cannot hold is refused', () => {
  const none = { address: undefined, port: undefined, action: undefined, domain: undefined };
  const base = { s1: none, s2: none, tftp: undefined, dns: undefined };
  for (const s1 of [{ port: 70_000 }, { action: 1.5 }, { domain: 'a\nb' }, { address: ' 1' }])
    assert.throws(() => writeSipUpgradeConfig({ ...base, s1: { ...none, ...s1 } }), CodecError);
});
