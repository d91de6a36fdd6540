import type { ImageName } from '../../model/firmware.ts';
import type { Confidence } from '../../model/plan.ts';
import { imageName, releaseOf } from './image-name.ts';
import { hasLoader } from './universal-loader.ts';
import { scenarioFor } from './upgrade-scenarios.ts';

export const matrix = 'Cisco 7960/7940 firmware upgrade matrix';
export const guide = 'Cisco SIP IP Phone Administrator Guide 4.4';
const blog = 'blog post of 2011 on converting Cisco phones';

/** The image that leads out of SIP 2.1 and earlier. Administrator Guide 4.4, table 3-10. */
export const firstLongNames = 'P0S30202';
/** The images of 6.3, through which procedure F leads. */
export const sixThree = { SIP: 'P0S3-06-3-00', MGCP: 'P0M3-06-3-00' } as const;
/** What the report names for the way of old SCCP phones; any other release of the kind will do. */
export const oldSccp = { three: 'P00303010102', five: 'P00305000500' } as const;
/** SCCP 8.1(1). */
export const eightOneOne = 'P00308010100';

/** A rule that may stand against a step. */
export type UpgradeRule = {
  readonly code: string;
  readonly source: string;
  readonly confidence: Confidence;
  /** What it says against this step; undefined where nothing. */
  readonly against: (from: ImageName, to: ImageName) => string | undefined;
};

/** Characters of an 8.3 name before the dot. */
const shortName = 8;

/** SIP up to 2.1 loads images with 8.3 names only. Administrator Guide 4.4, table 3-10. */
export function knowsLongNames({ protocol, major, minor }: ImageName): boolean {
  return protocol !== 'SIP' || major > 2 || (major === 2 && minor >= 2);
}

/** Rules of the vendor's documents: they hold in every mode. */
export const vendorRules: readonly UpgradeRule[] = [
  {
    code: 'signed-no-downgrade',
    source: `${matrix}, Signed and Unsigned Images`,
    confidence: 'high',
    against(from, to) {
      if (!from.signed || to.signed) return undefined;
      return `${from.canonical} (${releaseOf(from)}) accepts only signed images; ${to.canonical} (${releaseOf(to)}) is from before 5.0 and has no signature. There is no way back.`;
    },
  },
  {
    code: 'short-names-first',
    source: `${guide}, table 3-10`,
    confidence: 'high',
    against(from, to) {
      if (knowsLongNames(from) || to.canonical.length <= shortName) return undefined;
      return `${from.canonical} loads only images with 8.3 names: ${firstLongNames} must come first`;
    },
  },
  {
    code: 'six-three-first',
    source: `${matrix}, table 3, note 2 and procedure F`,
    confidence: 'high',
    against(from, to) {
      if (scenarioFor(from, to)?.procedure !== 'F' || isSixThree(from)) return undefined;
      return `${from.canonical} must go to 6.3 before ${to.canonical}`;
    },
  },
];

/** Rules of reports from the field: a cautious plan keeps them as well. */
export const fieldRules: readonly UpgradeRule[] = [
  {
    code: 'three-first',
    source: blog,
    confidence: 'low',
    against(from, to) {
      const isTarget = hasLoader(to) || (to.protocol === 'SCCP' && to.major >= 5);
      if (!isSccp(from) || from.major >= 3 || !isTarget) return undefined;
      return `${from.canonical} is from before 3.0: SCCP 3.x, as ${oldSccp.three}, should come before ${to.canonical}`;
    },
  },
  {
    code: 'five-first',
    source: blog,
    confidence: 'medium',
    against(from, to) {
      if (!isSccp(from) || from.major >= 5 || to.major < 8) return undefined;
      return `SCCP before 5.0 was seen not to take 8.x: SCCP 5.x, as ${oldSccp.five}, should come before ${to.canonical}`;
    },
  },
  {
    code: 'eight-one-one-first',
    source: 'answer of Cisco support in its community, thread 3128941',
    confidence: 'medium',
    against(from, to) {
      // Of a phone of which only the loader is known nothing says that it does not run it already.
      if (from.kind === 'loader' || isFromEightOne(from)) return undefined;
      if (!isFromEightOne(to) || isEightOneOne(to)) return undefined;
      return `${to.canonical} was seen to fail with "File auth error" where 8.1(1), ${eightOneOne}, had not come before`;
    },
  },
];

function isSccp({ kind, protocol }: ImageName): boolean {
  return kind === 'application' && protocol === 'SCCP';
}

function isFromEightOne(image: ImageName): boolean {
  return isSccp(image) && (image.major > 8 || (image.major === 8 && image.minor >= 1));
}

function isEightOneOne({ major, minor, maintenance }: ImageName): boolean {
  return major === 8 && minor === 1 && maintenance === 1;
}

export function isSixThree({ protocol, major, minor }: ImageName): boolean {
  return protocol !== 'SCCP' && major === 6 && minor === 3;
}

/**
 * Images that a plan may pass through; the phone's own protocol first. Where the rules name a kind
 * of release, those of the library that are of it.
 */
export function intermediatesFor(from: ImageName, had: readonly ImageName[]): readonly ImageName[] {
  if (from.kind === 'loader') return [];
  if (from.protocol !== 'SCCP') {
    const [own, other] = from.protocol === 'MGCP' ? mgcpFirst : sipFirst;
    return [own, ...had.filter(isSixThree), other, ...others];
  }
  const ofMajor = (major: number) => had.filter((image) => isSccp(image) && image.major === major);
  const { five, three } = oldWay;
  return [five, ...ofMajor(5), three, ...ofMajor(3), ...afterSccp];
}

const named = { sip: imageName(sixThree.SIP), mgcp: imageName(sixThree.MGCP) };
const sipFirst = [named.sip, named.mgcp] as const;
const mgcpFirst = [named.mgcp, named.sip] as const;
const afterSccp = [imageName(eightOneOne)];
const others = [imageName(firstLongNames), ...afterSccp];
const oldWay = { five: imageName(oldSccp.five), three: imageName(oldSccp.three) };
