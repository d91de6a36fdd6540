import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Mac } from '../../wire/mac.ts';
import type { TransferEnd } from '../file.ts';
import { until } from '../tftp/testing/running-server.ts';
import { bindUdp, closeUdp } from '../tftp/udp.ts';
import { startUnistimServer, type UnistimServerOptions } from './server.ts';
import { connectPhone } from './testing/loopback-phone.ts';
import { offerOf } from './testing/virtual-site.ts';

const mac = '001122334455' as Mac;
const loopback = '127.0.0.1';
const any = { host: loopback, port: 0 };
const image = new Uint8Array(30_000).fill(0x42);

async function start(t: TestContext, options: Partial<UnistimServerOptions> = {}) {
  const problems: string[] = [];
  const events: string[] = [];
  const transfers: TransferEnd[] = [];
  const server = await startUnistimServer({
    ...{ signalling: any, uftp: any, now: () => Date.now() },
    handler: {
      registered: () => Promise.resolve({ title: 'Hookflash' }),
      firmwareRequested: () => Promise.resolve(offerOf('CT12D97')),
      pointers: () => Promise.resolve([]),
      event: (phone, { text }) => events.push(`${phone.mac} ${text}`),
      closed: (phone, why) => events.push(`${phone.mac} closed: ${why}`),
    },
    files: {
      open: () => Promise.resolve({ kind: 'found', bytes: image, ticket: '' }),
      closed: (end) => void transfers.push(end),
    },
    onProblem: ({ text }) => problems.push(text),
    ...options,
  });
  t.after(() => server.stop());
  return { server, problems, events, transfers };
}

async function upgrade(t: TestContext, server: Awaited<ReturnType<typeof start>>['server']) {
  const { phone } = await connectPhone(t, server, { mac });
  phone.hello();
  for (const label of ['Config', 'Version', 'FirmW']) {
    await until(() => phone.display.softKeys.includes(label));
    phone.press(label);
  }
  await until(() => phone.fetched !== undefined);
  return phone;
}

test('a phone upgrades over loopback, from the port that it is told', async (t) => {
  const { server, problems, transfers } = await start(t);
  const phone = await upgrade(t, server);
  assert.deepEqual(Buffer.from(phone.fetched ?? []), Buffer.from(image));
  assert.equal(phone.order?.fileServer, loopback);
  assert.equal(phone.order.serverPort, server.uftpAddresses[0]?.port);
  await until(() => transfers.length === 1);
  assert.equal(transfers[0]?.request.localAddress, loopback);
  const [session] = server.sessions();
  assert.equal(session?.image, 'CT12D97');
  assert.equal(server.stats().sessions, 1);
  assert.deepEqual(problems, []);
});

test('on all addresses; files at another one', async (t) => {
  const all = { host: '0.0.0.0', port: 0 };
  const interfaces = () => ({
    lo: [
      {
        ...{ address: loopback, netmask: '255.0.0.0', family: 'IPv4' as const },
        ...{ mac: '00:00:00:00:00:00', internal: true, cidr: '127.0.0.1/8' },
      },
    ],
  });
  const { server } = await start(t, {
    ...{ signalling: all, interfaces },
    uftp: { host: '127.0.0.5', port: 0 },
  });
  assert.deepEqual(
    server.addresses.map(({ address }) => address),
    [loopback],
  );
  const phone = await upgrade(t, server);
  assert.equal(phone.order?.fileServer, '127.0.0.5');
});

test('a port that is taken', async (t) => {
  const socket = await bindUdp(loopback, 0);
  t.after(() => closeUdp(socket));
  const taken = { host: loopback, port: socket.address().port };
  await assert.rejects(start(t, { signalling: taken }), /cannot serve UNIStim at 127.0.0.1:\d+: /);
  await assert.rejects(start(t, { uftp: taken }), /cannot serve UFTP at 127.0.0.1:\d+: /);
});

test('what cannot be read is kept as evidence', async (t) => {
  const { server, problems } = await start(t);
  const socket = await bindUdp(loopback, 0);
  t.after(() => closeUdp(socket));
  const [to] = server.addresses;
  for (const hex of ['0000', '0000000102011a0201'])
    socket.send(Buffer.from(hex, 'hex'), to?.port ?? 0, loopback);
  await until(() => server.stats().malformed === 2);
  const { lastMalformed } = server.stats();
  assert.equal(lastMalformed?.hex, '0000000102011a0201');
  assert.equal(lastMalformed.port, socket.address().port);
  assert.match(lastMalformed.reason, /length at offset 7: expected at least 3, found 2/);
  assert.equal(problems.length, 1);
});

test('at its end phones are sent to the other server, where that is wanted', async (t) => {
  const { server, events } = await start(t, { failOverTo: 1 });
  const { phone } = await connectPhone(t, server, { mac });
  phone.hello();
  await until(() => phone.display.title === 'Hookflash');
  await server.stop();
  await until(() => phone.isSentAway);
  assert.deepEqual(events.slice(-2), [
    `${mac} told to switch to server 2`,
    `${mac} closed: the phone was sent to another server`,
  ]);
});

test('locked from the beginning', async (t) => {
  const { server, events } = await start(t, { isLocked: true });
  const { phone } = await connectPhone(t, server, { mac });
  phone.hello();
  await until(() => server.stats().refused > 0);
  assert.deepEqual([server.lockState, server.stats().sent, events.length], ['locked', 0, 0]);
});

test('locked and unlocked while it runs', async (t) => {
  const { server } = await start(t);
  const { phone } = await connectPhone(t, server, { mac });
  phone.hello();
  await until(() => phone.display.title === 'Hookflash');
  const locked = server.lock();
  await locked;
  assert.equal(phone.isReset, true);
  assert.deepEqual([server.lockState, server.stats().sessions], ['locked', 0]);
  server.unlock();
  const again = await upgrade(t, server);
  assert.equal(again.fetched?.length, image.length);
});
