import { CodecError } from '../../wire/codec-error.ts';

/** What a capture holds of one packet. */
export type CapturedFrame = {
  /** From 1, as tshark and tcpdump count. */
  readonly number: number;
  /** Milliseconds since the epoch, with a fraction; undefined where the file has no time of it. */
  readonly at: number | undefined;
  /** LINKTYPE_ of tcpdump.org: 1 is Ethernet. */
  readonly linkType: number;
  /** A view, as long as the chunk it came in. */
  readonly bytes: Uint8Array;
  /** Bytes on the wire, of which not all may have been captured. */
  readonly originalLength: number;
};

export type CaptureFormat = 'pcap' | 'pcapng';

/**
 * Reads a capture, chunk by chunk, whatever their borders. Throws CodecError, with the number of
 * the packet and the offset in the file, for what is no capture.
 */
export type CaptureReader = {
  readonly format: CaptureFormat;
  push(chunk: Uint8Array): readonly CapturedFrame[];
  /** What is odd about the file as a whole: it ends in the middle of a packet. */
  end(): readonly string[];
};

/** No link has longer packets; capture programs use the same limit. */
export const longestPacket = 262_144;

export function packetFault(
  number: number,
  field: string,
  offset: number,
  claimed: string,
  actual: string,
): CodecError {
  return new CodecError({ field: `packet ${number}, ${field}`, offset, claimed, actual });
}
