import type { AddressRange } from './dhcp-settings.ts';

export function isInRanges(ranges: readonly AddressRange[], address: number): boolean {
  return ranges.some(({ first, last }) => address >= first && address <= last);
}

/** The ranges without some addresses, in order. */
export function withoutAddresses(
  ranges: readonly AddressRange[],
  addresses: readonly number[],
): readonly AddressRange[] {
  return withoutRanges(
    ranges,
    addresses.map((address) => ({ first: address, last: address })),
  );
}

/** The ranges without what is in others, in order. */
export function withoutRanges(
  ranges: readonly AddressRange[],
  others: readonly AddressRange[],
): readonly AddressRange[] {
  return others.reduce(
    (left, { first, last }) =>
      left.flatMap((range) => {
        if (last < range.first || first > range.last) return [range];
        const below = { first: range.first, last: first - 1 };
        const above = { first: last + 1, last: range.last };
        return [below, above].filter((part) => part.first <= part.last);
      }),
    ranges.toSorted((a, b) => a.first - b.first),
  );
}
