import { CodecError } from '../../wire/codec-error.ts';
import { byteQueue, type ByteQueue } from './byte-queue.ts';
import {
  longestPacket,
  packetFault,
  type CapturedFrame,
  type CaptureReader,
} from './captured-frame.ts';

type Header = {
  readonly littleEndian: boolean;
  /** Parts of a second in the second half of a time. */
  readonly perSecond: 1_000_000 | 1_000_000_000;
  readonly linkType: number;
};

const headerLength = 24;
const recordLength = 16;
const microseconds = 0xa1b2c3d4;
const nanoseconds = 0xa1b23c4d;

/** Whether a file begins like one; four bytes are needed. */
export function isPcap(start: Uint8Array): boolean {
  return byteOrder(start) !== undefined;
}

/** The classic format of libpcap, `pcap-savefile(5)`, in both byte orders. */
export function pcapReader(): CaptureReader {
  const queue = byteQueue();
  let header: Header | undefined;
  let number = 0;
  return {
    format: 'pcap',
    push(chunk) {
      queue.push(chunk);
      if (header === undefined && queue.length >= headerLength) header = readHeader(queue);
      const frames: CapturedFrame[] = [];
      for (;;) {
        const frame = header && nextFrame(queue, header, number + 1);
        if (frame === undefined) return frames;
        frames.push(frame);
        number++;
      }
    },
    end() {
      if (header === undefined) return [`the file ends in its header, after ${queue.length} bytes`];
      if (queue.length === 0) return [];
      return [`the file ends in the middle of packet ${number + 1}, at offset ${queue.offset}`];
    },
  };
}

function byteOrder(start: Uint8Array): Pick<Header, 'littleEndian' | 'perSecond'> | undefined {
  if (start.length < 4) return undefined;
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  for (const littleEndian of [true, false]) {
    const magic = view.getUint32(0, littleEndian);
    if (magic === microseconds) return { littleEndian, perSecond: 1_000_000 };
    if (magic === nanoseconds) return { littleEndian, perSecond: 1_000_000_000 };
  }
  return undefined;
}

function readHeader(queue: ByteQueue): Header {
  const bytes = queue.take(headerLength);
  const order = byteOrder(bytes);
  if (order === undefined)
    throw new CodecError({
      field: 'magic number',
      offset: 0,
      claimed: 'a1b2c3d4 or a1b23c4d',
      actual: Buffer.from(bytes.subarray(0, 4)).toString('hex'),
    });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const major = view.getUint16(4, order.littleEndian);
  if (major !== 2)
    throw new CodecError({ field: 'version', offset: 4, claimed: '2', actual: `${major}` });
  // The upper four bits tell of frame check sequences.
  return { ...order, linkType: view.getUint32(20, order.littleEndian) & 0xfff_ffff };
}

function nextFrame(queue: ByteQueue, header: Header, number: number): CapturedFrame | undefined {
  if (queue.length < recordLength) return undefined;
  const bytes = queue.peek(recordLength);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { littleEndian, perSecond, linkType } = header;
  const length = view.getUint32(8, littleEndian);
  if (length > longestPacket)
    throw packetFault(
      number,
      'captured length',
      queue.offset + 8,
      `at most ${longestPacket}`,
      `${length}`,
    );
  if (queue.length < recordLength + length) return undefined;
  const seconds = view.getUint32(0, littleEndian);
  const fraction = view.getUint32(4, littleEndian);
  const originalLength = view.getUint32(12, littleEndian);
  queue.skip(recordLength);
  const at = seconds * 1000 + fraction / (perSecond / 1000);
  return { number, at, linkType, bytes: queue.take(length), originalLength };
}
