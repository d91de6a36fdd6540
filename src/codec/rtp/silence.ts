/** How silence of a codec looks, `ms` of it; undefined for a codec that is not known here. */
export function silence(name: string, ms: number): Uint8Array | undefined {
  switch (name.toUpperCase()) {
    // ITU-T G.711: the octets of amplitude 0, 8 per millisecond.
    case 'PCMU':
      return new Uint8Array(8 * ms).fill(0xff);
    case 'PCMA':
      return new Uint8Array(8 * ms).fill(0xd5);
    // RFC 3551 section 4.5.6: 10 octets for 10 ms. Parameters of zero decode to next to nothing.
    case 'G729':
      return new Uint8Array(10 * Math.ceil(ms / 10));
    default:
      return undefined;
  }
}
