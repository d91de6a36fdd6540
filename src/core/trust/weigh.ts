import { formatMac, type Mac } from '../../wire/mac.ts';
import { type Evidence, evidenceKinds } from './evidence.ts';

/** Who is behind an address, as far as the evidence goes. */
export type Weighed = {
  /** Undefined without any evidence. */
  readonly mac?: Mac;
  /** 0 to 100: more for each that agrees, less for each that says another MAC. */
  readonly score: number;
  /** What speaks for it in the order of the evidence, then what speaks against it. */
  readonly reasons: readonly string[];
  /** The address is known to be this phone's, and nothing says otherwise. */
  readonly verified: boolean;
  /** The MAC that holds the address, where all who can tell agree. */
  readonly holder?: Mac;
};

/**
 * Ties together what is known of an address. Who holds it goes before all that was only said there,
 * which anybody can say as often as he likes. `trusted`: the address is in a network where a name is
 * enough, unless a lease or the neighbour table gives the address to another MAC.
 */
export function weigh(evidence: readonly Evidence[], trusted: boolean): Weighed {
  const held = evidence.filter(({ kind }) => evidenceKinds[kind].holds);
  const [best] = macsIn(held.length > 0 ? held : evidence)
    .map((mac) => ({ mac, share: shareOf(mac, evidence) }))
    .sort((a, b) => b.share - a.share || (a.mac < b.mac ? -1 : 1));
  if (!best) return { score: 0, reasons: [], verified: false };
  const { mac, share } = best;
  const others = evidence.filter((each) => each.mac !== mac).map(({ kind }) => evidenceKinds[kind]);
  const isHeld = held.length > 0 && !others.some(({ holds, ofRequest }) => holds || ofRequest);
  const holder = macsIn(held).length === 1 ? held[0]?.mac : undefined;
  return {
    mac,
    score: Math.round(share * 100),
    reasons: reasonsFor(mac, evidence),
    verified: isHeld || (trusted && held.length === 0),
    ...(holder !== undefined && { holder }),
  };
}

/** What all that agrees leaves of doubt, times what is left by all that contradicts. */
function shareOf(mac: Mac, evidence: readonly Evidence[]): number {
  const doubtOf = (list: readonly Evidence[]) =>
    list.reduce((doubt, { kind }) => doubt * (1 - evidenceKinds[kind].score / 100), 1);
  const agreeing = evidence.filter((each) => each.mac === mac);
  const contradicting = evidence.filter((each) => each.mac !== mac);
  return (1 - doubtOf(agreeing)) * doubtOf(contradicting);
}

function macsIn(evidence: readonly Evidence[]): readonly Mac[] {
  return [...new Set(evidence.map(({ mac }) => mac))];
}

function reasonsFor(mac: Mac, evidence: readonly Evidence[]): readonly string[] {
  const agreeing = evidence.filter((each) => each.mac === mac);
  const others = evidence.filter((each) => each.mac !== mac);
  return [
    ...agreeing.map(({ kind }) => evidenceKinds[kind].text),
    ...others.map((each) => `but ${evidenceKinds[each.kind].text}: ${formatMac(each.mac)}`),
  ];
}
