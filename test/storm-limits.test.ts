import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeSntp, encodeSntp } from '../src/codec/sntp/sntp-packet.ts';
import { defaultRateLimit, RateLimiter } from '../src/servers/rate-limit.ts';
import { startSntpServer } from '../src/servers/sntp/server.ts';
import { startTftpServer } from '../src/servers/tftp/server.ts';
import type { FileHandler } from '../src/servers/file.ts';
import { bootTwin } from '../src/twin/cisco-7900/boot-twin.ts';
import { flashWith, memoryWith } from '../src/twin/cisco-7900/flash.ts';
import { realClock } from '../src/twin/clock.ts';
import { seededRandom } from '../src/twin/seeded-random.ts';
import { fileServer, simulatedNetwork } from '../src/twin/simulated-network.ts';
import { load } from '../src/twin/testing/trial.ts';
import { udpNetwork } from '../src/twin/udp-network.ts';
import { virtualClock } from '../src/twin/virtual-clock.ts';
import { parseMac } from '../src/wire/mac.ts';

/** A thousand honest phones that are switched on at once never meet the default rate limits. */

const phones = Array.from({ length: 1000 }, (_, number) => ({
  number,
  mac: parseMac((0x02_00_00_01_00_00 + number).toString(16).padStart(12, '0')),
  address: `127.1.${number >> 8}.${number & 0xff}`,
}));
const image = 'P0S3-8-12-00';

/** What all phones read: their image, a dial plan and where the time is. */
const files: Readonly<Record<string, Uint8Array | string>> = {
  ...load(image, 'P003-8-12-00', 'PAS3ABCD'),
  'OS79XX.TXT': 'P003-8-12-00\n',
  'SIPDefault.cnf': `image_version: ${image}\nsntp_mode: unicast\nsntp_server: 10.0.0.2\n`,
  'RINGLIST.DAT': '',
};

function fileFor(path: string): Uint8Array | undefined {
  const own = /^SIP[0-9A-F]{12}\.cnf$/.test(path)
    ? 'line1_name: 1\nproxy1_address: 10.0.0.5\n'
    : files[path];
  return typeof own === 'string' ? Buffer.from(own) : own;
}

test('behind one address, all in the same millisecond, in virtual time', async () => {
  const clock = virtualClock();
  const limiterOf = () => new RateLimiter({ limit: defaultRateLimit, now: () => clock.now() });
  const [tftp, sntp] = [limiterOf(), limiterOf()];
  const asked = { tftp: 0, sntp: 0, refused: 0 };
  const ask = (server: 'tftp' | 'sntp') => {
    asked[server]++;
    const limiter = server === 'tftp' ? tftp : sntp;
    if (!limiter.admits('198.51.100.7', () => '')) asked.refused++;
  };
  const serve = (path: string) => {
    const bytes = fileFor(path);
    return fileServer(bytes ? { [path]: bytes } : {});
  };
  const boots = phones.map(({ mac, number }) =>
    bootTwin({
      ...{ mac, model: '7960', clock, until: 'idle', random: seededRandom(number) },
      flash: memoryWith(flashWith(image)),
      tftp: { address: '10.0.0.2', port: 69 },
      network: simulatedNetwork({
        clock,
        server(request) {
          ask('tftp');
          return serve(request.path)(request);
        },
        timeServer(request) {
          ask('sntp');
          return answerTo(request);
        },
      }),
    }),
  );
  const ends = await Promise.all(boots);
  for (const end of ends) assert.deepEqual([end.state, end.image], ['idle', image]);
  assert.equal(asked.refused, 0);
  assert(asked.tftp >= 15_000 && asked.sntp >= 1000, JSON.stringify(asked));
});

function answerTo(request: Uint8Array): Uint8Array {
  const { transmit, ...rest } = decodeSntp(request);
  return encodeSntp({ ...rest, mode: 'server', stratum: 3, originate: transmit, transmit });
}

const handler: FileHandler = {
  open({ path }) {
    const bytes = fileFor(path);
    const ticket = path;
    return Promise.resolve(bytes ? { kind: 'found', bytes, ticket } : { kind: 'missing', ticket });
  },
  closed: () => undefined,
};

test('each at its address, over real UDP, as fast as they can', async (t) => {
  const problems: string[] = [];
  const onProblem = ({ text }: { readonly text: string }) => void problems.push(text);
  const common = { host: '127.0.0.1', port: 0, onProblem };
  const tftp = await startTftpServer({ ...common, workers: 1, handler });
  t.after(() => tftp.stop());
  const sntp = await startSntpServer({
    ...{ ...common, now: () => Date.now(), random: Math.random },
    hostClock: () => ({ state: 'synchronised', at: Date.now() }),
  });
  t.after(() => sntp.stop());
  const [tftpAt, time] = [tftp.addresses[0], sntp.addresses[0]];
  assert(tftpAt && time);
  let set = 0;
  const boot = async ({ mac, number, address }: (typeof phones)[number]) => {
    const clock = realClock({ scale: 0, floorMs: 20_000 });
    return bootTwin({
      ...{ mac, model: '7960', clock, until: 'idle', random: seededRandom(number) },
      ...{ tftp: tftpAt, time, network: udpNetwork(address, clock) },
      flash: memoryWith(flashWith(image)),
      onEvent: (event) => {
        if (event.kind === 'time' && event.outcome === 'set') set++;
      },
    });
  };
  const ends = await Promise.all(phones.map(boot));
  for (const end of ends) assert.deepEqual([end.state, end.image], ['idle', image]);
  assert.equal(tftp.stats().limited, 0);
  const { limited, kissed } = sntp.stats();
  assert.deepEqual([limited, kissed, set], [0, 0, phones.length]);
  assert.deepEqual(problems, []);
});
