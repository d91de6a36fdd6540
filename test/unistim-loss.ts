import { setTimeout as delay } from 'node:timers/promises';
import type { TestContext } from 'node:test';
import { bootTwin } from '../src/app/twin.ts';
import { startUnistimServer } from '../src/servers/unistim/server.ts';
import { type LossyRelay, type LossyRelayOptions, startLossyRelay } from './lossy-relay.ts';
import { macsFrom } from './ipcm-site.ts';
import { twoImages } from './unistim-two-images.ts';

export type BadNetwork = Pick<LossyRelayOptions, 'seed' | 'loss' | 'repeats' | 'delayMs'> & {
  readonly phones: number;
  readonly imageBytes: number;
};

export type Upgraded = {
  /** SHA-256 of what was stored, in its order. */
  readonly flashed: readonly string[];
  readonly state: string;
  readonly image: string;
};

/** Server and phones count time twenty times as fast: 2 s for a repetition are 100 ms. */
const timeScale = 0.05;
const timing = { retransmitMs: 2000 * timeScale, nakQuietMs: 500 * timeScale };
const serverAddress = '127.63.0.1';

/** Virtual phones, from UNIStim to SIP software, over real sockets and a network that loses much. */
export async function upgradeOverBadNetwork(
  t: TestContext,
  { phones, imageBytes, ...network }: BadNetwork,
): Promise<{
  readonly images: readonly string[];
  readonly ends: readonly Upgraded[];
  readonly counts: LossyRelay['counts'];
}> {
  const { digests: images, handler, fileHandler } = twoImages(imageBytes, network.seed);
  const any = { host: serverAddress, port: 0 };
  const server = await startUnistimServer({
    ...{ signalling: any, uftp: any, now: () => Date.now(), handler, files: fileHandler, timing },
  });
  t.after(() => server.stop());
  const [unistim] = server.addresses;
  const [uftp] = server.uftpAddresses;
  if (!unistim || !uftp) throw new Error('it listens nowhere');
  const relay = await startLossyRelay(t, {
    ...{ address: '127.63.0.2', unistim, uftp, ...network },
  });
  const ends = await Promise.all(
    macsFrom(0x0200_0020_1001, phones).map(async (mac, at): Promise<Upgraded> => {
      await delay(at * 5);
      const flashed: string[] = [];
      const { state, image } = await bootTwin({
        ...{ model: '2004', mac, timeScale, seed: network.seed + at, press: 'FirmW' },
        ...{ unistim: relay.unistim, address: `127.63.1.${at + 1}` },
        onLine: (line) => {
          if (line.event === 'flash') flashed.push(line.sha256 ?? '');
        },
      });
      return { flashed, state, image };
    }),
  );
  return { images, ends, counts: relay.counts };
}
