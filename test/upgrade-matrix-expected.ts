import { kindOf, rowFor } from './upgrade-matrix-table.ts';

/** What a plan should be: its hops as `IMAGE by PROCEDURE`, none where there is no way. */
export type Expected = {
  /** The letter of table 3; `none` where it has no row. */
  readonly table: string;
  readonly hops: readonly string[] | undefined;
  /** Names of the ways in which it departs from the table, as docs/quirks.md lists them. */
  readonly deviations: readonly string[];
};

/** By the vendor's documents alone. */
export function expectedDirectly(from: string, to: string): Expected {
  const table = rowFor(from, to)?.procedure ?? 'none';
  const { protocol, major, minor } = kindOf(from);
  const target = kindOf(to);
  const isSigned = major >= 5;
  if (isSigned && target.major < 5)
    return { table, hops: undefined, deviations: table === 'none' ? [] : ['signed-no-downgrade'] };
  const isLoaderTarget = target.protocol !== 'SCCP' && target.major >= 7;
  if (protocol === 'SIP' && major >= 7 && target.protocol !== 'SCCP' && !isLoaderTarget)
    return { table, hops: [`${to} by E`], deviations: ['sip-7-back'] };
  const isNoted = protocol === 'SIP' && isSigned && major <= 6 && isLoaderTarget;
  const letter = isNoted ? 'F' : table;
  const is63 = protocol !== 'SCCP' && major === 6 && minor === 3;
  const first = isEarly(from) && to.length > 8 ? ['P0S30202 by B'] : [];
  const deviations = [
    ...(isNoted && !is63 ? ['note-2-of-table-3'] : []),
    ...(letter === 'F' && table === 'F' && is63 ? ['six-three-already'] : []),
    ...(first.length > 0 ? ['short-names-first'] : []),
  ];
  if (letter !== 'F') return { table, hops: [...first, `${to} by ${letter}`], deviations };
  const sixThree = protocol === 'MGCP' ? 'P0M3-06-3-00' : 'P0S3-06-3-00';
  const middle = is63 ? [] : [`${sixThree} by B`];
  return { table, hops: [...first, ...middle, `${to} by D`], deviations };
}

/** SIP 2.1 and earlier. */
function isEarly(image: string): boolean {
  return ['P0S30100', 'P0S30200', 'P0S30201'].includes(image);
}

/** With the rules from the field. */
export function expectedCautiously(from: string, to: string): Expected {
  const direct = expectedDirectly(from, to);
  const { protocol, major } = kindOf(from);
  if (direct.hops === undefined) return direct;
  const isOldSccp = (protocol === 'SCCP' || protocol === 'MFG') && major < 5;
  const five = 'P00305000500';
  const eightOneOne = 'P00308010100';
  if (isEightOneTwo(to) && !isEightOneTwo(from) && from !== eightOneOne) {
    const before = expectedCautiously(from, eightOneOne);
    const hops = [...(before.hops ?? []), `${to} by A`];
    return { ...direct, hops, deviations: [...before.deviations, 'eight-one-one-first'] };
  }
  if (!isOldSccp || kindOf(to).major < 8) return direct;
  const { hops = [] } = expectedDirectly(five, to);
  return { ...direct, hops: [`${five} by A`, ...hops], deviations: ['five-first'] };
}

function isEightOneTwo(image: string): boolean {
  return image === 'P00308010200' || image === 'P0030801SR02';
}
