import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { NortelMemory } from '../src/twin/nortel-2004/nortel-memory.ts';
import {
  hookflashUnder,
  jsonLines,
  startHookflashUnder,
  temporaryFolder,
  type Running,
} from './hookflash-process.ts';

export const mac = '001866000001';
export const user = { name: '7001', password: 'p7001' } as const;
export const images = ['CT12D97', '0692D93c08', '0604D98', '0692D94c01'] as const;

/** Where the servers are and where the phone is; what starts programs there. */
export type LabPlace = {
  readonly server: string;
  readonly phone: string;
  readonly atServer: readonly string[];
  readonly atPhone: readonly string[];
  readonly tftpPort: number;
};

export type LabLine = Readonly<Record<string, unknown>> & {
  readonly event: string;
  readonly text?: string;
  readonly path?: string;
  readonly outcome?: string;
  readonly protocol?: string;
  readonly state?: string;
  readonly display?: string;
  readonly image?: string;
  readonly boots?: number;
};

export type LabBoot = {
  readonly end: LabLine;
  readonly lines: readonly LabLine[];
  /** `PATH OUTCOME`, with ` by uftp` where it was. */
  readonly files: readonly string[];
  /** What it keeps without power, afterwards. */
  readonly flash: NortelMemory;
};

export type LabSite = {
  readonly dir: string;
  readonly place: LabPlace;
  readonly server: Running;
  readonly tftp: string;
  /** Runs a command in the workspace, which must succeed. */
  ok(...words: readonly string[]): Promise<string>;
  boot(...flags: readonly string[]): Promise<LabBoot>;
};

/** NN42020-202, section 2, with our addresses. */
function upgradeFile(server: string): string {
  return `S1.Server.IP=${server}
S1.Server.Port=5060
S1.Server.Action=7
S1.Server.Domain=nortel.com
S2.Server.IP=0.0.0.0
S2.Server.Port=5060
S2.Server.Action=7
S2.Server.Domain=nortel.com
TFTP.Server.IP=${server}
DNS.Server.IP=0.0.0.0
`;
}

/** Steps 1 to 3 of section 5: files, `SipUpgradeConfigFile.txt`, a running server, provisioned. */
export async function labSite(
  t: TestContext,
  place: LabPlace,
  phone: readonly string[],
): Promise<LabSite> {
  const folder = await temporaryFolder(t);
  const dir = join(folder, 'site');
  const flash = join(folder, 'flash.json');
  const ok = async (...words: readonly string[]) => {
    const inDir = ['init', 'firmware'].includes(words[0] ?? '') ? [] : ['--dir', dir];
    const { code, out, err } = await hookflashUnder(place.atServer, ...words, ...inDir);
    assert.equal(code, 0, `${words.join(' ')}: ${err}`);
    return out;
  };
  await ok('init', dir);
  await ok('firmware', 'synth', ...images, '--out', join(dir, 'firmware'));
  await ok(
    ...['phone', 'add', mac, '--model', '2004', ...phone],
    ...['--set', `LOGIN_USER=${user.name}`, '--set', `LOGIN_PASSWORD=${user.password}`],
  );
  await writeFile(join(dir, 'files', 'SipUpgradeConfigFile.txt'), upgradeFile(place.server));
  await writeFile(join(dir, 'files', 'Francais.lng'), '2006-09-18 09:00\nbonjour\n');
  const server = startHookflashUnder(
    t,
    place.atServer,
    ...['serve', '--dir', dir, '--tftp', `${place.server}:${place.tftpPort}`],
    ...['--unistim', `${place.server}:5000`, '--uftp', `${place.server}:5105`],
    ...['--sip', `${place.server}:5060`],
  );
  const { listen } = await server.line(({ event }) => event === 'ready');
  const { tftp = '' } = listen as Readonly<Record<string, string>>;

  // Each start has other source ports: a capture's reader holds a port for one conversation.
  let boots = 0;
  async function boot(...flags: readonly string[]): Promise<LabBoot> {
    const { out, err } = await hookflashUnder(
      place.atPhone,
      ...['twin', 'boot', '--model', '2004', '--mac', mac, '--address', place.phone],
      ...['--flash', flash, '--time-scale', '0', '--seed', `${++boots}`, '--tftp', tftp, '--json'],
      ...(flags.includes('--answer-time') ? [] : ['--answer-time', '1500']),
      ...flags,
    );
    assert.equal(err.replace(/^hookflash: no TFTP .*\n/m, ''), '');
    const lines = jsonLines(out) as readonly LabLine[];
    const end = lines.at(-1);
    assert.ok(end?.event === 'end');
    const files = lines.flatMap(({ event, path = '', outcome = '', protocol }) =>
      event === 'request' ? [`${path} ${outcome}${protocol === 'uftp' ? ' by uftp' : ''}`] : [],
    );
    const { memory } = JSON.parse(readFileSync(flash, 'utf8')) as { readonly memory: NortelMemory };
    return { end, lines, files, flash: memory };
  }

  return { dir, place, server, tftp, ok, boot };
}

/** For a phone that waits for nothing but answers, on a machine that may be busy. */
export const atOnce: readonly string[] = ['--time-scale', '0', '--answer-time', '1500'];

/** For a phone that asks ten times where nobody answers. */
export const inVain: readonly string[] = ['--answer-time', '700'];

/** Section 5, step 3: lock and modify; the versions as the Note has them. */
export async function provision(
  { ok }: Pick<LabSite, 'ok'>,
  upgrade: 'on' | 'off' = 'on',
): Promise<void> {
  await ok('ipcm', 'lock');
  await ok(
    ...['ipcm', 'modify', '--sip-firmware', 'D93', '--transitional-firmware', 'D97'],
    ...['--unistim-firmware', '2004=D98', '--2004-sip-upgrade', upgrade],
  );
  await ok('ipcm', 'unlock');
}

let places = 0;

/** An address that no other test of this machine has, for servers and for the phone. */
export function loopbackPlace(): LabPlace {
  const at = `127.${44 + places++}.${(process.pid >> 8) & 0xff}.`;
  const low = (process.pid & 0x7f) * 2 + 1;
  const [server, phone] = [`${at}${low}`, `${at}${low + 1}`];
  return { server, phone, atServer: [], atPhone: [], tftpPort: 0 };
}
