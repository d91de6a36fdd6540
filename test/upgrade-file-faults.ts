import { decodeSignedFile } from '../src/codec/image/signed-header.ts';
import { signedByLab } from '../src/families/cisco-shared/synthetic.ts';
import type { FaultySite } from './faulty-site.ts';
import { firmwareOf } from './virtual-site.ts';

/**
 * Things that go wrong during an upgrade, one row each: while the fault lasts its state is named;
 * when its cure is followed the phone comes to its image within a few power cycles.
 */
export type FaultRow = {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Brings the fault about, before the first boot. */
  fault(site: FaultySite): void | Promise<void>;
  /** Power cycles with the fault; three when left out. */
  readonly boots?: number;
  /** Code of the finding that names it, beginning of the reason of a stopped plan, or nothing. */
  readonly named: string | undefined;
  /** What the cure must speak of. */
  readonly cure?: RegExp;
  /** Follows the cure. */
  mend?(site: FaultySite): void | Promise<void>;
  /** Where it ends, if elsewhere than where it should have gone. */
  readonly ends?: string;
};

export const sip44 = 'P0S3-04-4-00';
export const sip63 = 'P0S3-06-3-00';
export const sip75 = 'P0S3-07-5-00';
export const sip812 = 'P0S3-8-12-00';
export const sccp3 = 'P00303020600';
export const sccp8 = 'P00308000900';

const whole = firmwareOf([sip44, sip63, sip75, sip812, sccp3, sccp8]);
export const original = (site: FaultySite, name: string) =>
  site.library.set(name, whole.get(name)!);
export const text = (content: string) => Buffer.from(content);

function lacks(file: string): Pick<FaultRow, 'fault' | 'named' | 'cure' | 'mend'> {
  return {
    fault: ({ library }) => void library.delete(file),
    named: 'firmware-missing',
    cure: /import/,
    mend: (site) => void original(site, file),
  };
}

/** The file is there and wrong. */
function spoilt(
  file: string,
  change: (bytes: Uint8Array) => Uint8Array,
): Pick<FaultRow, 'fault' | 'mend'> {
  return {
    fault: ({ library }) => void library.set(file, change(library.get(file)!)),
    mend: (site) => void original(site, file),
  };
}

const half = (bytes: Uint8Array) => bytes.subarray(0, bytes.length >> 1);
const otherByte = (bytes: Uint8Array) => bytes.with(-1, bytes.at(-1)! ^ 1);
/** Signed anew, as if the vendor had written it so. */
const inLoads = (was: string, is: string) => (bytes: Uint8Array) => {
  const { body } = decodeSignedFile(bytes);
  const text = Buffer.from(body).toString('latin1').replaceAll(was, is);
  return signedByLab(`${sip812}.loads`, Buffer.from(text, 'latin1')).bytes;
};

export const up: Pick<FaultRow, 'from' | 'to'> = { from: sip75, to: sip812 };
export const far: Pick<FaultRow, 'from' | 'to'> = { from: sip44, to: sip812 };
export const over: Pick<FaultRow, 'from' | 'to'> = { from: sccp3, to: sip812 };

export const fileFaults: readonly FaultRow[] = [
  { name: 'the application is missing', ...up, ...lacks(`${sip812}.sb2`) },
  { name: 'the loader is missing', ...up, ...lacks('P003-8-12-00.sbn') },
  { name: 'the loads file is missing', ...up, ...lacks(`${sip812}.loads`) },
  { name: 'the image between is missing', ...far, ...lacks(`${sip63}.bin`) },
  {
    name: 'the unsigned loader is missing, and the image of the way around it too',
    ...over,
    fault: ({ library }) => void library.delete('P003-8-12-00.bin'),
    named: 'firmware-missing',
    cure: /import the package with P00305000500/,
    mend: ({ library }) => {
      for (const [name, bytes] of firmwareOf(['P00305000500'])) library.set(name, bytes);
    },
  },
  {
    name: 'the image leaves the library in mid-plan',
    ...far,
    ...lacks(`${sip812}.sb2`),
    async fault(site) {
      site.cuts = [8];
      await site.boot();
      site.library.delete(`${sip812}.sb2`);
    },
  },
  {
    name: 'the application is cut off',
    ...up,
    ...spoilt(`${sip812}.sb2`, half),
    boots: 4,
    named: 'image-taken-away',
    cure: /package/,
  },
  {
    name: 'the application has another key',
    ...up,
    ...spoilt(`${sip812}.sb2`, otherByte),
    boots: 4,
    named: 'old-application-came-back',
    cure: /synthetic|package/,
  },
  {
    name: 'the application is another one under this name',
    ...up,
    ...spoilt(`${sip812}.sb2`, () => whole.get(`${sip75}.sb2`)!),
    boots: 4,
    named: 'image-taken-away',
    cure: /package/,
  },
  {
    name: 'the loads file names its files in another letter case',
    ...up,
    ...spoilt(`${sip812}.loads`, inLoads(sip812, sip812.toLowerCase())),
    named: 'image-taken-away',
  },
  {
    name: 'the loads file wants another LA_VERSION than the loader has',
    ...up,
    ...spoilt(`${sip812}.loads`, inLoads('PAS30830', 'PAS39999')),
    named: 'boot-loop',
  },
  {
    name: 'the loads file names another loader',
    ...up,
    ...spoilt(`${sip812}.loads`, inLoads('P003-8-12-00', 'P003-8-13-00')),
    named: 'firmware-missing',
  },
];
