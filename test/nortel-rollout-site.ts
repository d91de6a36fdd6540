import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { RolloutPhone } from '../src/model/rollout.ts';
import { openSqliteStore } from '../src/store/sqlite/open.ts';
import type { Mac } from '../src/wire/mac.ts';
import { ipcmSite, macsFrom, sipImage, type IpcmSite } from './ipcm-site.ts';
import { hookflash, startHookflash, type Running } from './hookflash-process.ts';

/** A rollout over IP Phones 2004 that are in sessions with the real server process. */
export type NortelRolloutSite = IpcmSite & {
  readonly phones: readonly RolledPhone[];
  /** Makes the rollout to SIP software, waits until it is at rest; what is kept of its phones. */
  rollOut(...flags: readonly string[]): Promise<readonly RolloutPhone[]>;
};

/** A virtual phone: a process of its own, at an address of its own. */
export type RolledPhone = {
  readonly mac: Mac;
  readonly twin: Running;
  readonly seen: readonly TwinLine[];
};

export type TwinLine = Readonly<Record<string, unknown>> & { readonly event: string };

export type NortelRolloutOptions = {
  readonly address: string;
  readonly offer: 'on-request' | 'at-registration';
  /** What phones may take, beside real ones. */
  readonly patience: number;
  /** Of each phone: what it is started with besides. */
  readonly flags: readonly (readonly string[])[];
};

const firstMac = 0x0200_0020_0001;
export const unistimImage = '0604D98';

export async function nortelRolloutSite(
  t: TestContext,
  { address, offer, patience, flags }: NortelRolloutOptions,
): Promise<NortelRolloutSite> {
  const config = `trust:
  networks: [127.0.0.0/8]
patience: ${patience}
unistim:
  offer: ${offer}
`;
  const site = await ipcmSite(t, { address, imageBytes: 3000, config });
  const macs = macsFrom(firstMac, flags.length);
  const wishes = ['--image', unistimImage, '--running', unistimImage];
  for (const mac of macs) await site.run('phone', 'add', mac, ...['--model', '2004', ...wishes]);
  const phones = macs.map((mac, at) => {
    const own = address.replace(/\d+$/, String(100 + at));
    const twin = startHookflash(
      t,
      ...['twin', 'boot', '--model', '2004', '--mac', mac, '--address', own, '--stay'],
      ...['--image', unistimImage, '--flash', join(site.dir, `${mac}.json`)],
      ...['--time-scale', '0.02', '--seed', String(at + 1), '--no-sntp'],
      ...['--unistim', site.listen.unistim, '--tftp', site.listen.tftp, ...(flags[at] ?? [])],
    );
    const seen: TwinLine[] = [];
    twin.each((line) => seen.push(line as TwinLine));
    return { mac, twin, seen };
  });
  await Promise.all(macs.map((mac) => site.server.line((line) => isThere(line, mac))));
  return {
    ...site,
    phones,
    async rollOut(...more) {
      await site.run('rollout', 'create', 'up', '--image', sipImage, ...more);
      await site.run('rollout', 'start', 'up');
      await hookflash('rollout', 'show', 'up', '--watch', '--dir', site.dir);
      const store = await openSqliteStore(join(site.dir, 'hookflash.db'));
      try {
        return await store.rolloutPhones('up');
      } finally {
        await store.close();
      }
    },
  };
}

/** It is in a session, and what it runs is known. */
function isThere({ event, mac: of }: Readonly<Record<string, unknown>>, mac: Mac): boolean {
  return event === 'progress' && of === mac;
}
