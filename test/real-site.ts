import assert from 'node:assert/strict';
import { planSteps } from '../src/core/plan.ts';
import type { Clock } from '../src/core/clock.ts';
import { phoneFrom } from '../src/core/inventory.ts';
import type { Provisioner } from '../src/core/provision.ts';
import { cisco7900 } from '../src/families/cisco-7900/cisco-7900.ts';
import { ciscoJava } from '../src/families/cisco-java/cisco-java.ts';
import { families } from '../src/families/index.ts';
import type { PhoneFamily } from '../src/model/family.ts';
import { startTftpServer, type TftpServer } from '../src/servers/tftp/server.ts';
import { memoryStore } from '../src/store/memory.ts';
import { bootTwin } from '../src/twin/cisco-7900/boot-twin.ts';
import { flashWith, memoryWith } from '../src/twin/cisco-7900/flash.ts';
import { bootJavaTwin } from '../src/twin/cisco-java/boot-twin.ts';
import { memoryWithLoad } from '../src/twin/cisco-java/java-memory.ts';
import type { JavaModel } from '../src/twin/cisco-java/models.ts';
import { realClock } from '../src/twin/clock.ts';
import type { TwinResult } from '../src/twin/report.ts';
import type { Server } from '../src/twin/tftp-client.ts';
import { udpNetwork } from '../src/twin/udp-network.ts';
import { webClient } from '../src/twin/web-client.ts';
import { mac, provisionerOf, type Files } from './virtual-site.ts';

/** The product's core behind its TFTP server on loopback, and one virtual phone in a hurry. */

const address = '127.0.0.7';
const mostPowerCycles = 6;
/** The server waits this much less than with real phones to see whether one asks for more. */
const hurry = 50;

const clock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms >= 1000 ? ms / hurry : ms);
    return () => clearTimeout(timer);
  },
};

/** Carries a 7960 from one image to another; it must end where the plan says. */
export function realJourney(from: string, to: string, firmware: Files): Promise<void> {
  const flash = memoryWith(flashWith(from));
  return carry({ family: cisco7900, model: '7960', from, to, firmware }, (common) =>
    bootTwin({ ...common, model: '7960', flash }),
  );
}

/** The same for a Java phone. */
export function realJavaJourney(
  model: JavaModel,
  from: string,
  to: string,
  firmware: Files,
): Promise<void> {
  const flash = memoryWith(memoryWithLoad(model, from));
  return carry({ family: ciscoJava, model: model.name, from, to, firmware }, (common) =>
    bootJavaTwin({ ...common, model, flash, http: 'never', web: webClient(address, common.clock) }),
  );
}

type Trip = {
  readonly family: PhoneFamily;
  readonly model: string;
  readonly from: string;
  readonly to: string;
  readonly firmware: Files;
};

function commonParts(tftp: Server) {
  const phoneClock = realClock({ scale: 0 });
  const network = udpNetwork(address, phoneClock);
  return { mac, network, clock: phoneClock, tftp, random: Math.random, until: 'idle' } as const;
}

async function carry(
  { family, model, from, to, firmware }: Trip,
  boot: (common: ReturnType<typeof commonParts>) => Promise<TwinResult>,
): Promise<void> {
  const store = memoryStore();
  await store.phonePut(phoneFrom(families, { mac, model, image: to }).phone);
  const provisioner = provisionerOf({ clock, store, firmware, mode: 'cautious', events: [] });
  const server = await serverOf(provisioner);
  try {
    const { possible } = planSteps(family, from, to);
    const common = commonParts(server.addresses[0]!);
    for (let powerCycles = 0; ; powerCycles++) {
      const end = await boot(common);
      await new Promise((resolve) => setTimeout(resolve, 8000 / hurry));
      const progress = await store.progressGet(mac);
      const there = end.image === to && progress?.state === 'done';
      if (!there && progress?.state !== 'stopped' && powerCycles < mostPowerCycles) continue;
      assert.equal(end.image, possible ? to : from, `${from} to ${to}`);
      if (possible) assert.equal(end.state, 'idle', `${from} to ${to}`);
      assert.equal(progress?.state, possible ? 'done' : 'stopped', `${from} to ${to}`);
      return;
    }
  } finally {
    await provisioner.flush();
    await server.stop();
  }
}

function serverOf(provisioner: Provisioner): Promise<TftpServer> {
  return startTftpServer({
    ...{ host: '127.0.0.1', port: 0, workers: 1 },
    handler: {
      async open(request) {
        const { bytes, ticket } = await provisioner.open(request);
        return bytes ? { kind: 'found', bytes, ticket } : { kind: 'missing', ticket };
      },
      closed: (end) => provisioner.closed(end),
    },
  });
}
