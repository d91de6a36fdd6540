import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TestContext } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AddressWatch } from './address-watch.ts';
import type { BindFailure } from '../engine.ts';
import type { TftpProblem } from './problem.ts';
import { startTftpServer } from './server.ts';
import { TestClient } from './testing/client.ts';
import { interfacesWith } from './testing/interfaces.ts';
import { MemoryFiles } from './testing/memory-files.ts';

const rescanMs = 5000;
const loopback = ['127.0.0.1', '127.0.0.2', '127.0.0.3'] as const;

/** An engine that listens everywhere but where it is told to fail. */
function fakeEngine() {
  const failing = new Map<string, string>();
  const calls: string[] = [];
  const listen = (addresses: readonly string[]): Promise<readonly BindFailure[]> => {
    calls.push(addresses.join(' '));
    const failed = addresses.filter((address) => failing.has(address));
    const code = (address: string) => failing.get(address) ?? '';
    return Promise.resolve(
      failed.map((address) => ({ address, code: code(address), message: code(address) })),
    );
  };
  return { failing, calls, listen, stop: () => Promise.resolve() };
}

async function watch(t: TestContext, addresses: string[], engine = fakeEngine()) {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const problems: TftpProblem[] = [];
  const started = await AddressWatch.start({
    ...{ engine, host: '0.0.0.0', port: 0 },
    interfaces: () => interfacesWith(...addresses),
    onProblem: (problem) => problems.push(problem),
  });
  t.after(() => started.stop());
  const rescan = async () => {
    t.mock.timers.tick(rescanMs);
    await nextTurn();
  };
  const listed = () => started.addresses.map(({ address }) => address);
  return { watch: started, problems, rescan, listed };
}

describe('0.0.0.0', () => {
  test('is listened to at each address, on one port', async (t) => {
    const { watch: started } = await watch(t, [...loopback]);
    const ports = new Set(started.addresses.map(({ port }) => port));
    assert.equal(ports.size, 1);
    assert(!ports.has(0));
    assert.deepEqual(
      started.addresses.map(({ address }) => address),
      loopback,
    );
  });

  test('follows addresses that come and go', async (t) => {
    const addresses: string[] = [loopback[0]];
    const engine = fakeEngine();
    const { rescan, listed } = await watch(t, addresses, engine);
    addresses.push(loopback[1]);
    await rescan();
    assert.deepEqual(listed(), [loopback[0], loopback[1]]);
    addresses.shift();
    await rescan();
    assert.deepEqual(listed(), [loopback[1]]);
    assert.deepEqual(engine.calls, ['127.0.0.1', '127.0.0.1 127.0.0.2', '127.0.0.2']);
  });

  test('reports an address that cannot be had once, and tries it again', async (t) => {
    const engine = fakeEngine();
    engine.failing.set(loopback[1], 'EADDRNOTAVAIL');
    const { problems, rescan, listed } = await watch(t, [...loopback], engine);
    await rescan();
    assert.deepEqual(listed(), [loopback[0], loopback[2]]);
    assert.deepEqual(problems, [
      { code: 'address', text: 'not listening at 127.0.0.2: EADDRNOTAVAIL' },
    ]);
    engine.failing.clear();
    await rescan();
    assert.deepEqual(listed(), loopback);
    engine.failing.set(loopback[1], 'EADDRINUSE');
    await rescan();
    assert.equal(problems.length, 2);
  });

  test('is not to be had when one address is taken', async (t) => {
    const engine = fakeEngine();
    engine.failing.set(loopback[2], 'EACCES');
    await assert.rejects(watch(t, [...loopback], engine), /EACCES/);
  });
});

for (const workers of [1, 2])
  test(`every answer comes from the address that was asked, with ${workers} threads`, async (t) => {
    const bytes = new Uint8Array(10);
    const server = await startTftpServer(
      { host: '0.0.0.0', port: 0, workers, handler: new MemoryFiles({ file: bytes }) },
      { interfaces: () => interfacesWith(...loopback) },
    );
    t.after(() => server.stop());
    for (const peer of server.addresses) {
      await using client = await TestClient.open('127.0.0.9');
      for (const path of ['file', 'none']) {
        client.ask(path, peer);
        const { from } = await client.next();
        assert.equal(from.address, peer.address);
      }
    }
    assert.equal(server.stats().requests, 2 * loopback.length);
  });
