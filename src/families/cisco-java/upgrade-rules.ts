import type { Confidence } from '../../model/plan.ts';
import { imageName, standIns, type JavaImage } from './image-name.ts';

const notes92 = 'Release notes of release 9.2 of the Cisco 7900 Java phones';
const keyReports = 'reports of 2010 on the signing key of 8.5(2)SR1';
const rollbacks = 'reports of phones taken back from 8.5(4) to 8.5(2)';

/** A rule that may stand against a step. */
export type JavaRule = {
  readonly code: string;
  readonly source: string;
  readonly confidence: Confidence;
  /** What it says against this step; undefined where nothing. */
  readonly against: (from: JavaImage, to: JavaImage) => string | undefined;
};

type Release = readonly [major: number, minor: number, maintenance: number, service: number];

const fromHere: Release = [8, 3, 3, 0];
/** Signed with the old key, and knows the new one. */
const turning: Release = [8, 5, 2, 0];
const firstNewKey: Release = [8, 5, 2, 1];
const needsHop: Release = [9, 2, 3, 0];

/** Below 0 when the first is earlier. */
function compare({ major, minor, maintenance, sub }: JavaImage, release: Release): number {
  const own = [major, minor, maintenance, sub];
  const at = own.findIndex((number, index) => number !== release[index]);
  return at < 0 ? 0 : (own[at] ?? 0) - (release[at] ?? 0);
}

/** Rules of the vendor's documents: they hold in every mode. */
export const vendorRules: readonly JavaRule[] = [
  {
    code: 'wrong-hardware',
    source: 'names of load files and of their components',
    confidence: 'high',
    against(from, to) {
      const differs = from.hardware !== undefined && from.hardware !== to.hardware;
      if (!differs) return undefined;
      return `${to.canonical} is for other hardware than ${from.canonical}: the phone rejects it`;
    },
  },
  {
    code: 'unsigned-load',
    source: 'Cisco Unified IP Phone administration guides, image authentication',
    confidence: 'high',
    against(_from, to) {
      if (to.signed) return undefined;
      return `${to.canonical} has no S at its end: it is not signed, and these phones take only signed loads`;
    },
  },
  {
    code: 'eight-three-three-first',
    source: notes92,
    confidence: 'high',
    against(from, to) {
      if (compare(to, needsHop) < 0 || compare(from, fromHere) >= 0) return undefined;
      return `${nameOf(from)} may be from before 8.3(3): a load from 8.3(3) to 8.5(2) must come before ${to.canonical}`;
    },
  },
];

/** Rules of reports from the field: a cautious plan keeps them as well. */
export const fieldRules: readonly JavaRule[] = [
  {
    code: 'new-key-first',
    source: keyReports,
    confidence: 'medium',
    against(from, to) {
      if (compare(to, firstNewKey) < 0 || compare(from, turning) >= 0) return undefined;
      return `${to.canonical} is signed with the key that came after 8.5(2), which ${nameOf(from)} does not know: 8.5(2) must come before`;
    },
  },
  {
    code: 'old-key-last',
    source: rollbacks,
    confidence: 'low',
    against(from, to) {
      if (from.kind === 'loader') return undefined;
      if (compare(from, firstNewKey) < 0 || compare(to, turning) >= 0) return undefined;
      return `${to.canonical} is from before 8.5(2): it is not known that ${from.canonical} still takes it, 8.5(2) does`;
    },
  },
];

function nameOf({ canonical, kind }: JavaImage): string {
  return kind === 'loader' ? 'what the phone runs' : canonical;
}

/** Signed with the key that every boot code knows. */
export function isOldKey(image: JavaImage): boolean {
  return image.kind === 'application' && image.signed && compare(image, turning) <= 0;
}

export function newestFirst(one: JavaImage, other: JavaImage): number {
  return compare(other, [one.major, one.minor, one.maintenance, one.sub]);
}

/** Whether a load is one of those through which plans may lead. */
function isBetween(image: JavaImage): boolean {
  const isRange = compare(image, fromHere) >= 0 && compare(image, turning) <= 0;
  return image.kind === 'application' && image.signed && isRange;
}

/**
 * 8.5(2) of the phone's hardware, of its protocol before the other one; then what the library has
 * from 8.3(3) to 8.5(2), the newest first.
 */
export function intermediatesFor(
  from: JavaImage,
  to: JavaImage,
  had: readonly JavaImage[],
): readonly JavaImage[] {
  const hardware = from.hardware ?? to.hardware;
  if (hardware === undefined) return [];
  const first = from.protocol === 'none' ? to.protocol : from.protocol;
  const protocols = first === 'SCCP' ? ['SCCP', 'SIP'] : ['SIP', 'SCCP'];
  const others = had
    .filter((image) => image.hardware === hardware && isBetween(image))
    .toSorted(newestFirst);
  return [...protocols.map((protocol) => imageName(`${protocol}${hardware}.8-5-2S`)), ...others];
}

/** What a phone with this load asks for at boot: newer ones ask for an identity list (ITL). */
export type Sort = 'java without ITL' | 'java' | 'java with ITL' | 'java boot code';

/** Between 8.5(2) and 9.0 either is seen. */
export function sortOfImage(image: JavaImage): Sort {
  if (image.kind === 'loader' && image.canonical !== standIns.withoutItl)
    return image.canonical === standIns.withItl ? 'java with ITL' : 'java boot code';
  if (compare(image, turning) < 0) return 'java without ITL';
  return compare(image, [9, 0, 0, 0]) < 0 ? 'java' : 'java with ITL';
}
