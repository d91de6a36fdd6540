import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { runHere } from '../src/cli/testing/run-app.ts';
import { encodeNortelImage } from '../src/codec/image/nortel-2004-image.ts';
import { seededRandom } from '../src/twin/seeded-random.ts';
import { formatMac, type Mac } from '../src/wire/mac.ts';
import { startHookflashUnder, temporaryFolder, type Running } from './hookflash-process.ts';

/** A site with IP Phones 2004: the real server process, provisioned as the lab note says. */
export type IpcmSite = {
  readonly dir: string;
  readonly server: Running;
  readonly listen: Listen;
  /** The library, by the names of files. */
  readonly images: Readonly<Record<string, Uint8Array>>;
  /** What the server said went wrong. */
  readonly problems: readonly unknown[];
  /** Runs a command on the workspace, which must end well; its output. */
  run(...words: readonly string[]): Promise<readonly string[]>;
};

export type Listen = { readonly tftp: string; readonly unistim: string; readonly uftp: string };

export type IpcmSiteOptions = {
  /** An address that nothing else uses. */
  readonly address: string;
  /** Bytes of each image. */
  readonly imageBytes: number;
  readonly seed?: number;
  /** In the inventory, with SIP software as what they should run. */
  readonly phones?: readonly Mac[];
  /** "Enable 2004 SIP upgrade". */
  readonly sipUpgrade?: 'on' | 'off';
  /** More of `hookflash.yaml`. */
  readonly config?: string;
  /** What the server is started by, e.g. `ip netns exec NAME`. */
  readonly starter?: readonly string[];
};

export const sipImage = '0692D93c08';
const versions = {
  '0604D98.bin': '0604D98',
  'CT12D97.bin': 'CT12D97',
  '0692D93.bin': sipImage,
} as const;

export async function ipcmSite(
  t: Pick<TestContext, 'after'>,
  options: IpcmSiteOptions,
): Promise<IpcmSite> {
  const { address } = options;
  const dir = join(await temporaryFolder(t), 'site');
  const run = (...words: readonly string[]) => runWell(...words, '--dir', dir);
  await runWell('init', dir);
  const images = await stock(dir, options);
  await provision(run, options);
  if (options.config !== undefined) await writeFile(join(dir, 'hookflash.yaml'), options.config);
  const any = `${address}:0`;
  const problems: unknown[] = [];
  const server = startHookflashUnder(
    t,
    options.starter ?? [],
    ...['serve', '--dir', dir, '--tftp', any, '--unistim', any, '--uftp', any],
  );
  server.each((line) => {
    if (line.event === 'problem') problems.push(line.error);
  });
  const { listen } = await server.line(({ event }) => event === 'ready');
  return { dir, server, listen: listen as Listen, images, problems, run };
}

/** MACs one after the other, from this one on. */
export function macsFrom(first: number, count: number): readonly Mac[] {
  return Array.from(
    { length: count },
    (_, at) => (first + at).toString(16).padStart(12, '0').toUpperCase() as Mac,
  );
}

export function sha256(bytes: Uint8Array | undefined): string {
  return createHash('sha256')
    .update(bytes ?? '')
    .digest('hex');
}

async function runWell(...words: readonly string[]): Promise<readonly string[]> {
  const { code, out, err } = await runHere(...words);
  assert.equal(code, 0, `${words.join(' ')}: ${err.join('\n')}`);
  return out;
}

async function stock(dir: string, { address, imageBytes, seed = 1, phones = [] }: IpcmSiteOptions) {
  const random = seededRandom(seed);
  const images: Record<string, Uint8Array> = {};
  await mkdir(join(dir, 'firmware'), { recursive: true });
  for (const [name, version] of Object.entries(versions)) {
    const fill = (bytes: Uint8Array) => {
      for (let at = 0; at < bytes.length; at++) bytes[at] = random() * 256;
    };
    images[name] = encodeNortelImage({ version, size: imageBytes, fill });
    await writeFile(join(dir, 'firmware', name), images[name]);
  }
  await mkdir(join(dir, 'files'), { recursive: true });
  const pointers = `S1.Server.IP=${address}\nTFTP.Server.IP=${address}\n`;
  await writeFile(join(dir, 'files', 'SipUpgradeConfigFile.txt'), pointers);
  if (phones.length === 0) return images;
  const rows = phones.map((mac) => `${formatMac(mac)},2004,${sipImage}`);
  const table = join(dir, 'phones.csv');
  await writeFile(table, ['mac,model,image', ...rows, ''].join('\n'));
  await runWell('phone', 'import', table, '--dir', dir);
  return images;
}

async function provision(
  run: (...words: readonly string[]) => Promise<unknown>,
  { sipUpgrade = 'on' }: IpcmSiteOptions,
): Promise<void> {
  await run('ipcm', 'lock');
  const firmware = ['--sip-firmware', 'D93', '--transitional-firmware', 'D97'];
  const models = ['--unistim-firmware', '2004=D98', '--2004-sip-upgrade', sipUpgrade];
  await run('ipcm', 'modify', ...firmware, ...models);
  await run('ipcm', 'unlock');
}
