import { CodecError } from '../../wire/codec-error.ts';
import type { CaptureReader } from './captured-frame.ts';
import { isPcap, pcapReader } from './pcap.ts';
import { isPcapng, pcapngReader } from './pcapng.ts';

/** Whether a file that begins so is a capture. */
export function isCapture(start: Uint8Array): boolean {
  return isPcap(start) || isPcapng(start);
}

/** The reader for a capture that begins so; four bytes are needed. Throws CodecError for others. */
export function captureReader(start: Uint8Array): CaptureReader {
  if (isPcap(start)) return pcapReader();
  if (isPcapng(start)) return pcapngReader();
  throw new CodecError({
    field: 'magic number',
    offset: 0,
    claimed: 'one of pcap or pcapng',
    actual: Buffer.from(start.subarray(0, 4)).toString('hex'),
  });
}
