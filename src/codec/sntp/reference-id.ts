import { formatIPv4, ipv4Number } from '../../wire/ipv4.ts';

/** Reasons in place of time, and names of sources. RFC 5905 sections 7.3 and 7.4. */
export type ReferenceName = 'RATE' | 'DENY' | 'INIT' | 'LOCL';

/** Up to four ASCII letters, from the left, zeros behind them. */
export function referenceIdOf(name: ReferenceName): number {
  return Array.from({ length: 4 }, (_, at) => name.charCodeAt(at) || 0).reduce(
    (number, code) => number * 256 + code,
    0,
  );
}

/** Of a server of stratum 2 and more: the IPv4 address that it takes its time from. */
export function referenceIdOfAddress(address: string): number {
  return ipv4Number(address);
}

/** As people read it: letters below stratum 2, an address from there on. */
export function referenceText(referenceId: number, stratum: number): string {
  if (stratum > 1 && stratum < 16) return formatIPv4(referenceId);
  const codes = [24, 16, 8, 0].map((shift) => (referenceId >>> shift) & 0xff);
  const letters = codes.filter((code) => code !== 0);
  const isText = letters.every((code) => code > 0x20 && code < 0x7f);
  return isText ? String.fromCharCode(...letters) : referenceId.toString(16).padStart(8, '0');
}
