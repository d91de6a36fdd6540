import { CodecError } from '../../wire/codec-error.ts';

/** What an interface description block says. draft-ietf-opsawg-pcapng section 4.2. */
export type CaptureInterface = {
  readonly linkType: number;
  /** Bytes of a packet that are kept; 0 for all. */
  readonly snapLength: number;
  /** Ticks in a second, by `if_tsresol`; a million when it is left out. */
  readonly perSecond: bigint;
  /** `if_tsoffset`. */
  readonly offsetSeconds: number;
};

const options = { end: 0, timeResolution: 9, timeOffset: 14 } as const;
const fixed = 8;

/** The block's body; the offset is for errors. Throws CodecError. */
export function interfaceOf(
  body: DataView,
  littleEndian: boolean,
  offset: number,
): CaptureInterface {
  if (body.byteLength < fixed)
    throw new CodecError({
      field: 'interface description',
      offset,
      claimed: `${fixed} bytes`,
      actual: `${body.byteLength}`,
    });
  let perSecond = 1_000_000n;
  let offsetSeconds = 0;
  let at = fixed;
  while (at + 4 <= body.byteLength) {
    const code = body.getUint16(at, littleEndian);
    const length = body.getUint16(at + 2, littleEndian);
    const value = at + 4;
    // Options that overrun their block are left out: the packets can be read without them.
    if (code === options.end || value + length > body.byteLength) break;
    if (code === options.timeResolution && length >= 1) perSecond = ticks(body.getUint8(value));
    if (code === options.timeOffset && length >= 8)
      offsetSeconds = Number(body.getBigInt64(value, littleEndian));
    at = value + Math.ceil(length / 4) * 4;
  }
  return {
    linkType: body.getUint16(0, littleEndian),
    snapLength: body.getUint32(4, littleEndian),
    perSecond,
    offsetSeconds,
  };
}

/** With the top bit a negative power of 2, else of 10. */
function ticks(resolution: number): bigint {
  const power = BigInt(resolution & 0x7f);
  return (resolution & 0x80) === 0 ? 10n ** power : 2n ** power;
}
