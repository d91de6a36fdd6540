import assert from 'node:assert/strict';
import type { PhoneFinding } from '../src/model/finding.ts';
import type { TwinResult } from '../src/twin/report.ts';
import type { FaultySite } from './faulty-site.ts';
import { importPackage, packageOf } from './packages.ts';
import type { Files } from './virtual-site.ts';

/**
 * A person at a site who knows nothing and does what the cure of a finding says: its steps, which
 * semicolons part, in their order, and no other, until the phone is where it should be.
 */

/** What can be done at a site. */
export type Deed =
  | 'import'
  | 'rename'
  | 'image'
  | 'running'
  | 'power'
  | 'one server'
  | 'straight'
  | 'hand-made'
  | 'room'
  | 'exchange';

type Situation = {
  readonly site: FaultySite;
  readonly end: TwinResult;
  /** Where the phone should end. */
  readonly to: string;
  /** Of the last `if` about what the display shows. */
  readonly shows: boolean | undefined;
};

/** False where there was nothing to do. */
type Act = (situation: Situation, words: readonly string[]) => boolean | Promise<boolean>;

type Instruction = readonly [step: RegExp, deed: Deed | 'look', act: Act];

const mostPowerCycles = 4;

/** Every image that vendors have packages of. */
const vendors = [
  ...['P00303020600', 'P00305000500', 'P00308000900', 'P0S3-04-4-00', 'P0S3-06-3-00'],
  ...['P0S3-07-5-00', 'P0S3-8-12-00', 'SIP41.8-3-3S', 'SIP41.8-5-2S', 'SIP41.9-4-2SR3-1S'],
] as const;

function packageNamed({ to }: Situation, words: string): Files {
  const [name = ''] = /^[\w.-]+/.exec(words) ?? [];
  const whole = [to, ...vendors].map(packageOf);
  const found = vendors.includes(name as (typeof vendors)[number])
    ? packageOf(name)
    : whole.find((files) => [...files.keys()].some((file) => stemOf(file) === name));
  assert.ok(found, `nobody has a package of "${words}"`);
  return found;
}

function packageWith({ to }: Situation, file: string): Files {
  const found = [to, ...vendors].map(packageOf).find((files) => files.has(file));
  assert.ok(found, `no package has ${file}`);
  return found;
}

function stemOf(file: string): string {
  return file.replace(/\.[^.]*$/, '');
}

function change<T>(now: T, then: T, set: () => void): boolean {
  set();
  return now !== then;
}

const look: Act = () => false;

const instructions: readonly Instruction[] = [
  [
    /^hookflash firmware import( --replace)? the package of (.+)$/,
    'import',
    (at, [replace = '', words = '']) =>
      importPackage(at.site.library, packageNamed(at, words), replace !== ''),
  ],
  [
    /^hookflash firmware import the package with ([\w.-]+)/,
    'import',
    (at, [file = '']) => importPackage(at.site.library, packageWith(at, file)),
  ],
  [
    /^hookflash firmware import a package of 8\.5\(2\) or before for its hardware/,
    'import',
    ({ site }) => importPackage(site.library, packageOf('SIP41.8-5-2S')),
  ],
  [/^.* hookflash firmware import firmware\/(\S+)$/, 'import', importFromFolder],
  [
    /rename firmware\/(\S+) to firmware\/(\S+)$/,
    'rename',
    ({ site: { library } }, [from = '', to = '']) => {
      library.set(to, library.get(from)!);
      return library.delete(from);
    },
  ],
  [
    /hookflash phone set 02:00:00:00:00:01 --image NAME, --image (\S+) to leave it/,
    'image',
    wantImage,
  ],
  [/hookflash phone set 02:00:00:00:00:01 --image ([\w.-]+)$/, 'image', wantImage],
  [
    /^hookflash phone set 02:00:00:00:00:01 --running ([\w.-]+)$/,
    'running',
    async ({ site }, [image = '']) => {
      await site.says(image);
      return true;
    },
  ],
  [/let one DHCP server answer/, 'one server', oneServer],
  [/Alternate TFTP/, 'look', look],
  [
    /^let no other TFTP server, proxy or firewall answer/,
    'straight',
    ({ site }) => change(site.missingCode, 1, () => (site.missingCode = 1)),
  ],
  [/^remove files\/(\S+)/, 'hand-made', ({ site }, [path = '']) => site.handMade.delete(path)],
  [
    /^remove from files\/ what is empty/,
    'hand-made',
    ({ site: { handMade } }) =>
      [...handMade].filter(([path, { length }]) => length === 0 && handMade.delete(path)).length >
      0,
  ],
  [
    /^make room on the disk/,
    'room',
    ({ site }) => change(site.failing.size, 0, () => (site.failing = new Set())),
  ],
  [
    /exchange the phone$/,
    'exchange',
    ({ site }) => change(site.faults.length, 0, () => (site.faults = [])),
  ],
  [/^look at its display|leave the plug alone$/, 'look', look],
];

const powerCycle = /(switch (the phone|it) off and on|pull the plug)/;

/** A file that lies in a folder of the library. */
function importFromFolder({ site: { library } }: Situation, [path = '']: readonly string[]) {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return importPackage(library, new Map([[name, library.get(path)!]]));
}

async function wantImage({ site }: Situation, [image = '']: readonly string[]) {
  await site.want(image);
  return true;
}

function oneServer({ site }: Situation): boolean {
  const hadOther = site.other.size > 0;
  const before = site.faults.length;
  site.other.clear();
  site.faults = site.faults.filter((fault) => fault !== 'ignores-option-150');
  return hadOther || site.faults.length < before;
}

/** Does what the cure says and gives what was done; the last deed is the one that helped. */
export async function followCure(
  site: FaultySite,
  { cure = '' }: Pick<PhoneFinding, 'cure'>,
  end: TwinResult,
  to: string,
): Promise<readonly Deed[]> {
  const done: Deed[] = [];
  let now: Situation = { site, end, to, shows: undefined };
  for (const step of cure.split('; ')) {
    const [, condition, words = ''] = /^(?:(if [^:]*|last): )?(.*)$/.exec(step) ?? [];
    const isMet = await isTrue(condition, now);
    if (condition?.startsWith('if that is') === true) now = { ...now, shows: isMet };
    if (!isMet) continue;
    if (powerCycle.test(words)) {
      const { isThere, end: shown } = await power(site, to);
      done.push('power');
      if (isThere) return done;
      now = { ...now, end: shown };
      continue;
    }
    const [found, deed, act] = instructions.find(([pattern]) => pattern.test(words)) ?? [];
    assert.ok(found && deed && act, `nobody knows how to do this: "${words}" of "${cure}"`);
    const effective = await act(now, (found.exec(words) ?? []).slice(1));
    if (effective && deed !== 'look') done.push(deed);
  }
  assert.fail(`the cure did not help: ${done.join(', ')}; it was "${cure}"`);
}

/** `if it does so again` and the like hold where all that went before did not help. */
async function isTrue(condition: string | undefined, { site, end, shows }: Situation) {
  if (condition === undefined || /^if it /.test(condition)) return true;
  const [, image] = /^if that is (\S+)$/.exec(condition) ?? [];
  if (image !== undefined) return end.image === image;
  if (condition === 'if not') return shows === false;
  if (condition === 'if its plan has stopped')
    return (await site.state()).progress?.state === 'stopped';
  return assert.fail(`nothing helps but "${condition}"`);
}

/** Switched off and on until it is there, as often as a person would. */
export async function power(site: FaultySite, to: string) {
  for (let cycle = 1; ; cycle++) {
    const end = await site.boot();
    const { progress } = await site.state();
    const isThere = end.state === 'idle' && end.image === to && progress?.state === 'done';
    if (isThere || cycle === mostPowerCycles) return { isThere, end, cycles: cycle };
  }
}
