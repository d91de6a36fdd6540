import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CodecError } from '../../wire/codec-error.ts';
import { enteredServer } from './entered-server.ts';
import { nortelMemoryCodec, nortelMemoryInFile } from './nortel-memory-file.ts';
import { imageOf2004, memoryWithImage, withImage, type NortelMemory } from './nortel-memory.ts';

const { encode, decode } = nortelMemoryCodec;

const full: NortelMemory = {
  ...memoryWithImage('0692D93c08'),
  servers: { S1: { address: '192.0.2.10', port: 5060, action: 7, retries: 10 } },
  awaited: { S2: { address: '192.0.2.11', port: 5060, action: 7, retries: 10 } },
  network: { tftp: '192.0.2.5', tftpPort: 69 },
  cached: {
    ...{ deviceConfig: '000020', firmware: '0692D93c08' },
    language: { file: 'francais.lng', digest: 'ab', writtenAt: 1_158_537_600_000 },
  },
  settings: { BANNER: 'Lobby' },
  banner: 'Lobby',
  profiles: { '4711': { voiceMail: '64167530#' } },
};

test('what is kept comes back', () => {
  for (const memory of [full, memoryWithImage('0604D98'), memoryWithImage('ct12d97')])
    assert.deepEqual(decode(encode(memory)), memory);
  const { image: _, ...dead } = full;
  assert.deepEqual(decode(encode(dead)), dead);
});

test('other text is refused, with the place', () => {
  const wrong: readonly (readonly [string, RegExp])[] = [
    ['', /phone memory/],
    [encode(full).replace('nortel-2004', 'cisco-java'), /phone memory, phone/],
    [encode(full).replace('"image": "0692D93c08"', '"image": "P0S3"'), /memory\.image/],
    [encode(full).replace('192.0.2.10', '192.0.2'), /memory\.servers\.S1\.address/],
    [encode(full).replace('"S1"', '"S11"'), /memory\.servers/],
  ];
  for (const [text, message] of wrong)
    assert.throws(
      () => decode(text),
      (error: unknown) => error instanceof CodecError && message.test(error.message),
    );
});

test('a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nortel-memory-'));
  const path = join(folder, 'flash.json');
  nortelMemoryInFile(path, () => full).write(full);
  assert.deepEqual(nortelMemoryInFile(path, () => memoryWithImage('0604D98')).read(), full);
  rmSync(folder, { recursive: true });
});

test('images of the 2004 alone', () => {
  assert.equal(memoryWithImage('0692d93C08').image, '0692D93c08');
  for (const name of ['0621C3A', 'P0S3-8-12-00', '', '0604D9'])
    assert.throws(() => memoryWithImage(name), CodecError);
});

test('a SIP image: port 5060 and action 7; named servers go before; UNIStim leaves all', () => {
  const unistim = { ...full, servers: { S1: enteredServer('192.0.2.10:5000') }, awaited: {} };
  const sip = imageOf2004('0692D93c08');
  const back = imageOf2004('0604D98');
  assert.ok(sip && back);
  const upgraded = withImage(unistim, sip, '0692D93c08');
  assert.deepEqual(upgraded.servers, full.servers);
  const reverted = withImage(upgraded, back, '0692D93c08');
  assert.deepEqual([reverted.servers, reverted.isReliable], [full.servers, false]);
  const { servers, awaited } = withImage(full, sip, '0692D93c08');
  assert.deepEqual([servers, awaited], [{ ...full.servers, ...full.awaited }, {}]);
});

test('a server as people enter it', () => {
  const whole = { address: '192.0.2.10', port: 5000, action: 1, retries: 10 };
  assert.deepEqual(enteredServer('192.0.2.10:5000'), whole);
  assert.deepEqual(enteredServer('192.0.2.10:5060,7'), { ...whole, port: 5060, action: 7 });
  assert.deepEqual(enteredServer('192.0.2.10:05000,1,003'), { ...whole, retries: 3 });
  for (const text of [
    '',
    '192.0.2.10',
    '192.0.2:5000',
    'host:5000',
    '192.0.2.10:5000,x',
    '1.2.3.4:5,1,256',
  ])
    assert.throws(() => enteredServer(text), CodecError);
});
