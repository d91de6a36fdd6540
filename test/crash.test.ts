import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProvisionEvent } from '../src/core/asking.ts';
import { phoneFrom } from '../src/core/inventory.ts';
import type { Provisioner } from '../src/core/provision.ts';
import { families } from '../src/families/index.ts';
import type { Store } from '../src/model/store.ts';
import { memoryStore } from '../src/store/memory.ts';
import { bootTwin } from '../src/twin/cisco-7900/boot-twin.ts';
import { flashWith, memoryWith } from '../src/twin/cisco-7900/flash.ts';
import { virtualClock, type VirtualClock } from '../src/twin/virtual-clock.ts';
import { firmwareOf, mac, networkTo, provisionerOf, type FileSource } from './virtual-site.ts';

/**
 * A server that ends without a word after its n-th transfer, and one that goes on with what is on
 * disk, in virtual time: for every n of an upgrade.
 */

const from = 'P0S3-04-4-00';
const hops = ['P0S3-06-3-00', 'P0S3-8-12-00'] as const;
const to = hops[1];
const firmware = firmwareOf(hops);
const mostBoots = 8;

type Upgrade = {
  /** Paths in the order in which they were sent whole. */
  readonly sent: readonly string[];
  /** How many of them before the crash. */
  readonly before: number;
  readonly requests: number;
  readonly boots: number;
};

type Site = {
  readonly clock: VirtualClock;
  readonly store: Store;
  readonly events: ProvisionEvent[];
  readonly sent: string[];
  requests: number;
};

async function upgrade(crashAfter: number): Promise<Upgrade> {
  const clock = virtualClock(1_000_000);
  const store = memoryStore();
  await store.phonePut(phoneFrom(families, { mac, model: '7960', image: to }).phone);
  const site: Site = { clock, store, events: [], sent: [], requests: 0 };
  let before = 0;
  const source = crashing(site, crashAfter, () => void (before = site.sent.length));
  const flash = memoryWith(flashWith(from));
  const network = networkTo(source, clock);
  const parts = { mac, model: '7960', flash, network, clock, random: () => 0.5 } as const;
  for (let boots = 1; ; boots++) {
    const end = await bootTwin({
      ...parts,
      tftp: { address: '10.0.0.1', port: 69 },
      until: 'idle',
    });
    await clock.sleep(10_000);
    const progress = await store.progressGet(mac);
    const there = end.state === 'idle' && end.image === to && progress?.state === 'done';
    if (there) return { sent: site.sent, before, requests: site.requests, boots };
    const told = `${end.state} with ${end.image}: ${progress?.state}, ${progress?.reason}`;
    assert.ok(boots < mostBoots, `after transfer ${crashAfter}: ${told}`);
  }
}

/** What the ended server had not written is lost: nothing of it reaches the store any more. */
function crashing(site: Site, crashAfter: number, onCrash: () => void): FileSource {
  const paths = new Map<string, string>();
  let server = serverOn(site);
  let number = 0;
  let crash: Promise<void> = Promise.resolve();
  return {
    async open(asking) {
      await crash;
      const opened = await server.provisioner.open(asking);
      const ticket = `${number} ${opened.ticket}`;
      paths.set(ticket, asking.path);
      return { ...opened, ticket };
    },
    closed(ended) {
      const [of, ticket = ''] = ended.ticket.split(' ');
      if (Number(of) !== number) return;
      server.provisioner.closed({ ...ended, ticket });
      if (ended.outcome === 'sent') site.sent.push(paths.get(ended.ticket) ?? '');
      if (++site.requests !== crashAfter) return;
      crash = written().then(() => {
        server.end();
        number++;
        server = serverOn(site);
        onCrash();
      });
    },
  };
}

/** The disk has its time, and the virtual clock none: it moves when nothing else happens. */
async function written(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
}

function serverOn({ clock, store, events }: Site): { provisioner: Provisioner; end(): void } {
  let ended = false;
  const verbs: [string, (...args: never[]) => unknown][] = Object.entries(store);
  const wrapped = verbs.map(([name, verb]) => [
    name,
    (...args: never[]) => (ended ? new Promise(() => undefined) : verb(...args)),
  ]);
  const own = Object.fromEntries(wrapped) as Store;
  const provisioner = provisionerOf({ clock, store: own, firmware, mode: 'cautious', events });
  return { provisioner, end: () => void (ended = true) };
}

test('what was acted on is not forgotten, wherever the server ends', async (t) => {
  const whole = await upgrade(0);
  const images = whole.sent.filter((path) => /\.(bin|sbn|sb2)$/.test(path));
  assert.deepEqual(images, ['P0S3-06-3-00.bin', 'P003-8-12-00.sbn', 'P0S3-8-12-00.sb2']);
  let later = 0;
  for (let at = 1; at <= whole.requests; at++) {
    const { sent, before, boots } = await upgrade(at);
    assert.deepEqual(
      sent.filter((path) => images.includes(path)),
      images,
      `each image once, after transfer ${at}`,
    );
    // Before the loader, boot code shows itself at the beginning of a boot alone.
    const hasLoader = sent.slice(0, before).includes('P003-8-12-00.sbn');
    assert.ok(boots <= whole.boots + (hasLoader ? 0 : 1), `${boots} boots after transfer ${at}`);
    if (boots > whole.boots) later++;
  }
  t.diagnostic(`${whole.requests} ends of the server, ${later} cost one more boot`);
});
