import { compareVersionIds } from '../../codec/text/nortel-image-name.ts';
import type { Confidence, Refusal, Why } from '../../model/plan.ts';
import { imageName, type NortelImage, parseImageName } from './image-name.ts';
import type { Load } from './load-order.ts';

const note = 'MCS 5100 SIP Phone Firmware Update (NN42020-202)';

/** How a step is made, and the rule that it follows. */
export type Way = Pick<Load, 'mode' | 'via'> & {
  /** The note's own name for it. */
  readonly procedure: string;
  readonly why: Why;
};

function why(rule: string, source: string, confidence: Confidence = 'high'): Why {
  return { rule, source, confidence };
}

type Kind = NortelImage['software'];
type Row = (from: NortelImage, to: NortelImage) => Way | Refusal;

const transitionalFirst: Row = (from, to) => ({
  code: 'transitional-first',
  text: `${from.canonical} to ${to.canonical} leads through the transitional firmware, which gives the phone a reliable flash file`,
  source: `${note}, section 5, step 3`,
  confidence: 'high',
});

const noGoal: Row = (_, to) => ({
  code: 'transitional-is-no-goal',
  text: `${to.canonical} is transitional firmware: a phone passes through it on its way to SIP software and goes on by itself`,
  source: `${note}, section 5, step 3`,
  confidence: 'high',
});

const ipcmOnly: Row = (from, to) => ({
  code: 'transitional-by-ipcm',
  text: `${from.canonical} to ${to.canonical}: transitional firmware comes from the IPCM service alone, to phones that speak UNIStim`,
  source: `${note}, section 5`,
  confidence: 'high',
});

const byUftp = (procedure: string, reason: Why): Row => {
  return () => ({ via: 'uftp', mode: 'AUTO', procedure, why: reason });
};

const toTransitional: Row = (from, to) =>
  to.between
    ? byUftp(
        'IPCM',
        why('UNIStim to SIP: the transitional firmware first', `${note}, section 5, step 3`),
      )(from, to)
    : noGoal(from, to);

/** AUTO takes what is alphanumerically greater; anything else has to be forced. */
const sipToSip: Row = (from, to) =>
  compareVersionIds(to.canonical, from.canonical) > 0
    ? {
        ...{ via: 'tftp', mode: 'AUTO', procedure: 'TFTP' },
        why: why('a greater version id is fetched by TFTP', `${note}, section 3`),
      }
    : {
        ...{ via: 'tftp', mode: 'FORCED', procedure: 'TFTP, forced' },
        why: why('a lower version id is fetched only when forced', `${note}, section 3`),
      };

const revert: Row = () => ({
  ...{ via: 'tftp', mode: 'FORCED', procedure: 'TFTP, forced' },
  why: why('SIP to UNIStim: FORCED, by TFTP', `${note}, section 6`),
});

const unistimToUnistim = byUftp(
  'IPCM',
  why('UNIStim firmware comes from the IPCM service', `${note}, section 5, step 3`),
);
const onToSip = byUftp(
  'IPCM',
  why('transitional to SIP: the phone goes on by itself', `${note}, section 5, step 4`),
);
const backToUnistim = byUftp(
  'IPCM',
  why(
    'transitional to UNIStim, with the upgrade switched off',
    `${note}, section 5, step 3`,
    'medium',
  ),
);

const rows: Readonly<Record<Kind, Readonly<Record<Kind, Row>>>> = {
  unistim: { unistim: unistimToUnistim, transitional: toTransitional, sip: transitionalFirst },
  transitional: { unistim: backToUnistim, transitional: noGoal, sip: onToSip },
  sip: { unistim: revert, transitional: ipcmOnly, sip: sipToSip },
};

/** The one step between two images, or the rule against it. */
export function wayBetween(from: NortelImage, to: NortelImage): Way | Refusal {
  if (!from.phones.some((phone) => to.phones.includes(phone))) return otherPhones(from, to);
  return rows[from.software][to.software](from, to);
}

function otherPhones(from: NortelImage, to: NortelImage): Refusal {
  const isSip = to.software !== 'unistim';
  return {
    code: isSip ? 'no-sip-load' : 'image-of-other-hardware',
    text: `${to.canonical} is for the IP Phone ${to.phones.join(', ')}; ${from.canonical} is of the ${from.phones.join(', ')}`,
    source: `${note}, abstract`,
    confidence: 'high',
  };
}

/** The note's own. */
const usualTransitional = 'CT12D97';

/** Transitional firmware that the library has, the newest first; else the note's. */
export function intermediatesFor(
  from: NortelImage,
  to: NortelImage,
  had: readonly NortelImage[],
): readonly NortelImage[] {
  if (from.software === 'sip' && to.software !== 'sip') return [];
  const own = had
    .filter(({ software }) => software === 'transitional')
    .toSorted((a, b) => compareVersionIds(b.canonical, a.canonical));
  const all = own.length > 0 ? own : [imageName(usualTransitional)];
  return all.map((image) => ({ ...image, between: true }));
}

export function isTransitional(image: string): boolean {
  return parseImageName(image)?.software === 'transitional';
}
