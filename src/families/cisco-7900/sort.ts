import type { BootFact } from '../../model/family.ts';
import type { ImageName } from '../../model/firmware.ts';
import { knowsLongNames } from './upgrade-rules.ts';
import { hasLoader } from './universal-loader.ts';

type Protocol = 'SCCP' | 'SIP' | 'MGCP';

/**
 * Phones that show themselves alike. Without loader: whether they ask for `.bin` or `.sbn`, and
 * SIP up to 2.1, which asks for no long name at all.
 */
export type Sort = 'universal' | 'early SIP' | `unsigned ${Protocol}` | `signed ${Protocol}`;

/** All but `universal`. */
export const sortsWithoutLoader: readonly Sort[] = [
  'early SIP',
  'unsigned SCCP',
  'unsigned SIP',
  'unsigned MGCP',
  'signed SCCP',
  'signed SIP',
  'signed MGCP',
];

type RunsLike = Extract<BootFact, { kind: 'runs-like' }>;
type Likeness = Omit<RunsLike, 'because'>;

/**
 * Names to plan from while only the sort is known: no image is called so, and every plan from one
 * is right for its sort. Cisco 7960/7940 firmware upgrade matrix, table 3.
 */
const standIns = {
  unsigned: { SCCP: 'P00303030499', SIP: 'P0S3-04-4-99', MGCP: 'P0M3-04-4-99' },
  signed: { SCCP: 'P00305000199', SIP: 'P0S3-05-0-99', MGCP: 'P0M3-05-0-99' },
} as const;

export const earlySip: Likeness = { kind: 'runs-like', sorts: ['early SIP'], image: 'P0S30199' };
export const universal: Likeness = {
  kind: 'runs-like',
  sorts: ['universal'],
  image: 'P003-07-5-99',
};

/** By the first configuration file that boot code without loader asks for. */
export function original(protocol: Protocol): Likeness {
  const sorts = [`unsigned ${protocol}`, `signed ${protocol}`];
  const image = standIns.unsigned[protocol];
  return { kind: 'runs-like', sorts: protocol === 'SIP' ? ['early SIP', ...sorts] : sorts, image };
}

/** By the ending of the image file that it asks for. */
export function originalAsking(protocol: Protocol, ending: 'bin' | 'sbn'): Likeness {
  const signing = ending === 'sbn' ? 'signed' : 'unsigned';
  const sorts = [`${signing} ${protocol}`];
  const early = protocol === 'SIP' && ending === 'bin' ? ['early SIP'] : [];
  return { kind: 'runs-like', sorts: [...sorts, ...early], image: standIns[signing][protocol] };
}

export function sortOfImage(image: ImageName): Sort {
  if (hasLoader(image)) return 'universal';
  if (!knowsLongNames(image)) return 'early SIP';
  return `${image.signed ? 'signed' : 'unsigned'} ${image.protocol as Protocol}`;
}
