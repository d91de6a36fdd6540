import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phoneFrom } from '../src/core/inventory.ts';
import { families } from '../src/families/index.ts';
import { memoryStore } from '../src/store/memory.ts';
import { bootTwin } from '../src/twin/cisco-7900/boot-twin.ts';
import { flashWith, memoryWith } from '../src/twin/cisco-7900/flash.ts';
import type { TwinEvent } from '../src/twin/report.ts';
import { testDhcpServer, type DhcpServerSetup } from '../src/twin/testing/dhcp-server.ts';
import { virtualClock } from '../src/twin/virtual-clock.ts';
import { firmwareOf, mac, networkTo, provisionerOf } from './virtual-site.ts';

const [from, to] = ['P00303020600', 'P0S3-8-12-00'];
const images = ['P00305000600', 'P0S3-06-3-00', 'P0S3-07-5-00', to];
const powerCycles = 6;

/** A 7960 on its way from SCCP 3.2 to SIP 8.12, with what DHCP tells it. */
async function upgrade(setup: DhcpServerSetup, atThePhone?: string) {
  const clock = virtualClock(1_000_000);
  const store = memoryStore();
  await store.phonePut(phoneFrom(families, { mac, model: '7960', image: to }).phone);
  const parts = {
    clock,
    store,
    firmware: firmwareOf(images),
    mode: 'cautious',
    events: [],
  } as const;
  const provisioner = provisionerOf({ ...parts, events: [] });
  const dhcp = testDhcpServer({ ...setup, first: '127.0.0.7' });
  const network = networkTo(provisioner, clock, undefined, dhcp.answer);
  const byHand = atThePhone === undefined ? {} : { tftp: atThePhone };
  const flash = memoryWith({ ...flashWith(from), network: byHand });
  const events: TwinEvent[] = [];
  for (let cycle = 0; ; cycle++) {
    const end = await bootTwin({
      ...{ mac, model: '7960', flash, network, clock, random: () => 0.5, until: 'idle' },
      dhcp: { network, server: { address: '255.255.255.255', port: 67 }, tftpPort: 69 },
      onEvent: (event) => void events.push(event),
    });
    await clock.sleep(10_000);
    if ((end.state === 'idle' && end.image === to) || cycle === powerCycles) {
      await provisioner.flush();
      return { end, events, heard: dhcp.heard };
    }
  }
}

test('option 150 carries a phone through the whole upgrade', async () => {
  const { end, heard } = await upgrade({ options: { 150: '10.0.0.1' } });
  assert.deepEqual([end.state, end.image], ['idle', to]);
  assert.ok(heard.some(({ type }) => type === 'request'));
});

test('without it, a phone that was told its server by hand is stranded halfway', async () => {
  const { end, events } = await upgrade({}, '10.0.0.1');
  assert.equal(end.state, 'stuck');
  assert.equal(end.display, 'Protocol Application Invalid');
  assert.ok(events.some(({ kind }) => kind === 'flash'));
  const last = events.filter((event) => event.kind === 'dhcp').at(-1);
  assert.equal(last?.kind === 'dhcp' && last.because, 'it names no TFTP server');
});
