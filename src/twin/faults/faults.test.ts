import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { faultRules as rules7900 } from '../cisco-7900/fault-rules.ts';
import { type Flash, flashWith } from '../cisco-7900/flash.ts';
import { bootTwin } from '../cisco-7900/boot-twin.ts';
import { bootJavaTwin } from '../cisco-java/boot-twin.ts';
import { faultRules as rulesJava } from '../cisco-java/fault-rules.ts';
import { type JavaMemory, memoryWithLoad } from '../cisco-java/java-memory.ts';
import { type Memory, memoryWith } from '../memory.ts';
import { bootNortelTwin } from '../nortel-2004/boot-twin.ts';
import { faultRules as rulesNortel } from '../nortel-2004/fault-rules.ts';
import type { TwinEvent, TwinResult } from '../report.ts';
import {
  fileServer,
  simulatedNetwork,
  type SimulatedRequest,
  type SimulatedServer,
} from '../simulated-network.ts';
import { testDhcpServer, type DhcpServerSetup } from '../testing/dhcp-server.ts';
import { simulatedWeb } from '../simulated-web.ts';
import { javaLoadFiles, modelNamed, sepFor } from '../testing/java-trial.ts';
import { nortelImage, sipPhone } from '../testing/nortel-trial.ts';
import { seededRandom } from '../seeded-random.ts';
import { type Files, load, testMac, testServer } from '../testing/trial.ts';
import { virtualClock } from '../virtual-clock.ts';
import type { TwinFamily } from './fault.ts';
import { chooseFault, withFaults } from './faults.ts';
import { cisco, rows } from './testing/fault-rows.ts';

type Ran = {
  readonly result: TwinResult;
  readonly seen: readonly SimulatedRequest[];
  readonly events: readonly TwinEvent[];
};

/** A phone of a family on its way from one image to another, which its files name. */
type Case = {
  readonly from: string;
  readonly to: string;
  readonly files: Files;
  /** A phone of its own for each. */
  phone(): {
    boot(
      server: SimulatedServer,
      names: readonly string[],
      seed?: number,
      dhcp?: DhcpServerSetup,
    ): Promise<Ran>;
  };
};

function surroundings(server: SimulatedServer, seed: number, given?: DhcpServerSetup) {
  const clock = virtualClock();
  const seen: SimulatedRequest[] = [];
  const events: TwinEvent[] = [];
  const record = (request: SimulatedRequest) => {
    seen.push(request);
    return server(request);
  };
  const answer = given && testDhcpServer(given).answer;
  const network = simulatedNetwork({ clock, server: record, ...(answer && { dhcp: answer }) });
  const broadcast = { address: '255.255.255.255', port: 67 };
  const dhcp = given && { dhcp: { network, server: broadcast, tftpPort: 69 } };
  const random = seededRandom(seed);
  const onEvent = (event: TwinEvent) => void events.push(event);
  const parts = { clock, network, random, onEvent, tftp: testServer, mac: testMac, ...dhcp };
  return { seen, events, parts: { ...parts, until: 'idle' as const } };
}

function chosen(names: readonly string[]) {
  return names.map((name) => {
    const fault = chooseFault(name);
    assert.ok(typeof fault === 'object', name);
    return fault;
  });
}

const wish7900 = {
  'SIPDefault.cnf': 'image_version: P0S3-8-12-00\n',
  [`SIP${testMac}.cnf`]: 'line1_name: 100\nproxy1_address: 10.0.0.5\n',
};

/** A 2004 with SIP that is updated by TFTP; the way over UNIStim is in unistim-faults.test.ts. */
const sections2004 = [
  '[DEVICE_CONFIG]\nVERSION 1\nFILENAME 2004sysConfig.dat\n',
  '[LANGUAGE]\nFILENAME francais.lng\n',
  '[FW]\nVERSION 0692D93c09\nFILENAME 2004SIP.img\n',
];

const cases: Readonly<Record<TwinFamily, Case>> = {
  'cisco-7900': {
    from: 'P0S3-07-5-00',
    to: 'P0S3-8-12-00',
    files: { ...load('P0S3-8-12-00', 'P003-8-12-00', 'PAS30830'), ...wish7900 },
    phone() {
      const loader = { name: 'P003-8-12-00', internalVersion: 'PAS30830' };
      const flash: Memory<Flash> = memoryWith({ ...flashWith('P0S3-07-5-00'), loader });
      return {
        async boot(server, names, seed = 1, dhcp) {
          const { seen, events, parts } = surroundings(server, seed, dhcp);
          const whole = { ...parts, model: '7960' as const, flash };
          const result = await bootTwin(withFaults(whole, rules7900, chosen(names)));
          return { result, seen, events };
        },
      };
    },
  },
  'cisco-java': {
    from: 'SIP41.8-3-3S',
    to: 'SIP41.8-5-2S',
    files: { ...javaLoadFiles('SIP41.8-5-2S', '7961'), ...sepFor('SIP41.8-5-2S') },
    phone() {
      const model = modelNamed('7961');
      const flash: Memory<JavaMemory> = memoryWith(memoryWithLoad(model, 'SIP41.8-3-3S'));
      return {
        async boot(server, names, seed = 1, dhcp) {
          const { seen, events, parts } = surroundings(server, seed, dhcp);
          const web = simulatedWeb(parts.clock, () => 'refused');
          const whole = { ...parts, model, flash, web };
          const result = await bootJavaTwin(withFaults(whole, rulesJava, chosen(names)));
          return { result, seen, events };
        },
      };
    },
  },
  'nortel-2004': {
    from: '0692D93c08',
    to: '0692D93c09',
    files: {
      '2004tftp.cfg': sections2004.join('\n'),
      '2004sysConfig.dat': 'DEF_USER1 userid?\n',
      '2004SIP.img': nortelImage('0692D93c09', 1500),
    },
    phone() {
      const flash = sipPhone('0692D93c08');
      return {
        async boot(server, names, seed = 1, dhcp) {
          const { seen, events, parts } = surroundings(server, seed, dhcp);
          const whole = { ...parts, flash };
          const result = await bootNortelTwin(withFaults(whole, rulesNortel, chosen(names)));
          return { result, seen, events };
        },
      };
    },
  },
};

for (const [family, { from, to, files, phone }] of Object.entries(cases))
  describe(family, () => {
    for (const { fault, server = fileServer, dhcp, end, because, families } of rows) {
      if (families?.includes(family as TwinFamily) === false) continue;
      const by = dhcp === undefined ? '' : `, DHCP ${JSON.stringify(dhcp)}`;
      const behind = (server === fileServer ? '' : `, ${server.name}`) + by;
      test(`${fault}${behind}: ${end.state}, and as ever without it`, async () => {
        const { boot } = phone();
        const { result } = await boot(server(files), [fault], 1, dhcp);
        assert.deepEqual([result.state, result.image], [end.state, end.image === 'to' ? to : from]);
        if (because) assert.match(result.because ?? '', because);
        const { result: after } = await boot(fileServer(files), [], 1, dhcp);
        assert.deepEqual([after.state, after.image], ['idle', to]);
      });
    }

    test('the same seed gives the same story, another one another', async () => {
      const story = async (seed: number) => {
        const { events } = await phone().boot(fileServer(files), ['loses-packets=0.2'], seed);
        return JSON.stringify(events);
      };
      assert.equal(await story(5), await story(5));
      assert.notEqual(await story(5), await story(6));
    });

    test('several faults at once', async () => {
      const names = ['loses-packets', 'duplicate-requests', 'power-cut-while-flashing'];
      const { result } = await phone().boot(fileServer(files), names);
      assert.deepEqual([result.state, result.image], ['idle', to]);
      const both = await phone().boot(fileServer(files), ['refuses-image', 'never-idle']);
      assert.deepEqual([both.result.state, both.result.image], ['stuck', from]);
    });

    test('every request is doubled, from one port', async () => {
      const { seen } = await phone().boot(fileServer(files), ['duplicate-requests']);
      const twice = seen.filter(({ path, port }, index) => {
        const next = seen[index + 1];
        return index % 2 === 0 && next?.path === path && next.port === port;
      });
      assert.equal(twice.length * 2, seen.length);
    });

    const isOfCisco = cisco.includes(family as TwinFamily);
    test('option 150 ignored: nobody is asked, where it is looked for', async () => {
      const { seen } = await phone().boot(fileServer(files), ['ignores-option-150']);
      assert.equal(seen.length === 0, isOfCisco);
    });

    test('the power fails once: after it there is less in the phone', async () => {
      const { boot } = phone();
      const { events } = await boot(fileServer(files), ['power-cut-while-flashing']);
      const reboots = events.filter((event) => event.kind === 'reboot');
      assert.equal(reboots.filter(({ because }) => /power failed/.test(because)).length, 1);
    });
  });

test('a power cut leaves a 7940/7960 its loader, and a Java phone its boot code', async () => {
  const cut = ['power-cut-while-flashing'];
  const cisco = cases['cisco-7900'];
  const wishless = { ...cisco.files, 'SIPDefault.cnf': 'image_version: P0S3-8-12-00\n' };
  const ran = await cisco.phone().boot(fileServer(wishless), cut);
  const stages = ran.events.filter((event) => event.kind === 'stage').map(({ stage }) => stage);
  assert.equal(stages.filter((stage) => stage === 'loader').length, 2);

  const java = cases['cisco-java'];
  const { 'term61.default.loads': _, ...withoutDefault } = java.files as Record<string, Uint8Array>;
  const { boot } = java.phone();
  const stuck = await boot(fileServer(withoutDefault), cut);
  assert.deepEqual([stuck.result.state, stuck.result.image], ['stuck', undefined]);
  const served = await boot(fileServer(java.files), []);
  assert.deepEqual([served.result.state, served.result.image], ['idle', java.to]);
});

test('a byte that is never written cuts nothing', async () => {
  const { files, phone } = cases['cisco-java'];
  const { result } = await phone().boot(fileServer(files), ['power-cut-while-flashing=999999999']);
  assert.equal(result.boots, 2);
});

test('old boot code: stuck after a later default loads file, back by one of 8.5(2)', async () => {
  const model = modelNamed('7961');
  const flash = memoryWith(memoryWithLoad(model, 'term61.default'));
  const boot = (files: Files, names: readonly string[]) => {
    const { parts, seen } = surroundings(fileServer(files), 1);
    const web = simulatedWeb(parts.clock, () => 'refused');
    const whole = { ...parts, model, flash, web };
    const booting = bootJavaTwin(withFaults(whole, rulesJava, chosen(names)));
    return booting.then((result) => ({ result, seen }));
  };
  const recent = { ...javaLoadFiles('SIP41.9-4-2S', '7961'), ...sepFor('') };
  const stuck = await boot(recent, ['old-boot-code']);
  assert.equal(stuck.result.state, 'stuck');
  assert.deepEqual(
    stuck.seen.map(({ path }) => path),
    ['term61.default.loads'],
  );
  assert.equal(flash.read().bootCode, '9-4-2');
  const older = { ...javaLoadFiles('SIP41.8-5-2S', '7961'), ...sepFor('') };
  const back = await boot(older, ['old-boot-code']);
  assert.deepEqual([back.result.state, back.result.image], ['idle', 'SIP41.8-5-2S']);
});

test('old boot code is nothing that a 7940/7960 has', async () => {
  const { files, phone, to } = cases['cisco-7900'];
  const { result } = await phone().boot(fileServer(files), ['old-boot-code']);
  assert.deepEqual([result.state, result.image], ['idle', to]);
});

test('a loader that has nothing else, refusing everything, stays as it is', async () => {
  const flash: Memory<Flash> = memoryWith(flashWith('P003-8-12-00'));
  const { parts } = surroundings(fileServer(cases['cisco-7900'].files), 1);
  const whole = { ...parts, model: '7960' as const, flash };
  const result = await bootTwin(withFaults(whole, rules7900, chosen(['refuses-image'])));
  assert.deepEqual([result.state, result.display], ['stuck', 'Protocol Application Invalid']);
});
