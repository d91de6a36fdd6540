import { CodecError } from '../../wire/codec-error.ts';
import { byteQueue, type ByteQueue } from './byte-queue.ts';
import {
  longestPacket,
  packetFault,
  type CapturedFrame,
  type CaptureReader,
} from './captured-frame.ts';
import { interfaceOf, type CaptureInterface } from './pcapng-interface.ts';

/** Block types, draft-ietf-opsawg-pcapng sections 4.1 to 4.4 and appendix A. */
const blocks = {
  section: 0x0a0d0d0a,
  interface: 1,
  obsoletePacket: 2,
  simplePacket: 3,
  enhancedPacket: 6,
} as const;

type Section = {
  readonly littleEndian: boolean;
  readonly interfaces: CaptureInterface[];
};

type Block = {
  readonly type: number;
  readonly length: number;
  readonly offset: number;
  /** Without type and lengths. */
  readonly body: DataView;
};

const byteOrderMagic = 0x1a2b3c4d;
const shortestBlock = 12;
/** A packet, its fields and options. */
const longestBlock = longestPacket + 65_536;
const mostInterfaces = 65_536;

/** Whether a file begins like one; four bytes are needed. */
export function isPcapng(start: Uint8Array): boolean {
  return start.length >= 4 && Buffer.from(start.subarray(0, 4)).toString('hex') === '0a0d0d0a';
}

/** draft-ietf-opsawg-pcapng: sections in either byte order, blocks of unknown types left out. */
export function pcapngReader(): CaptureReader {
  const queue = byteQueue();
  let section: Section | undefined;
  let number = 0;

  /** Undefined when more bytes are needed. */
  function step(frames: CapturedFrame[]): boolean {
    const block = nextBlock(queue, section, number);
    if (block === undefined) return false;
    if (block === 'skipped') return true;
    if (block.type === blocks.section) section = newSection(block);
    if (section === undefined) throw noSection(block);
    if (block.type === blocks.interface) addInterface(section, block);
    const frame = frameOf(section, block, number + 1);
    if (frame === undefined) return true;
    frames.push(frame);
    number++;
    return true;
  }

  return {
    format: 'pcapng',
    push(chunk) {
      queue.push(chunk);
      const frames: CapturedFrame[] = [];
      let more = true;
      while (more) more = step(frames);
      return frames;
    },
    end() {
      if (queue.length === 0) return [];
      return [
        `the file ends in the middle of a block after packet ${number}, at offset ${queue.offset}`,
      ];
    },
  };
}

function nextBlock(
  queue: ByteQueue,
  section: Section | undefined,
  number: number,
): Block | 'skipped' | undefined {
  if (queue.length < shortestBlock) return undefined;
  const head = queue.peek(shortestBlock);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  // The same in both byte orders.
  const isSection = view.getUint32(0) === blocks.section;
  const littleEndian = isSection ? orderOf(view, queue.offset) : (section?.littleEndian ?? true);
  const type = view.getUint32(0, littleEndian);
  const length = view.getUint32(4, littleEndian);
  const fault = (field: string, at: number, claimed: string, actual: number): CodecError =>
    packetFault(number + 1, field, queue.offset + at, claimed, `${actual}`);
  if (length < shortestBlock || length % 4 !== 0)
    throw fault('block length', 4, 'a multiple of 4, at least 12', length);
  const isKnown = isSection || (Object.values(blocks) as readonly number[]).includes(type);
  if (!isKnown) {
    queue.skip(length);
    return 'skipped';
  }
  if (length > longestBlock) throw fault('block length', 4, `at most ${longestBlock}`, length);
  if (queue.length < length) return undefined;
  const { offset } = queue;
  const bytes = queue.take(length);
  const all = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const trailing = all.getUint32(length - 4, littleEndian);
  if (trailing !== length)
    throw packetFault(
      number + 1,
      'block length at the end',
      offset + length - 4,
      `${length}`,
      `${trailing}`,
    );
  const body = new DataView(bytes.buffer, bytes.byteOffset + 8, length - 12);
  return { type: isSection ? blocks.section : type, length, offset, body };
}

function orderOf(head: DataView, offset: number): boolean {
  if (head.getUint32(8, true) === byteOrderMagic) return true;
  if (head.getUint32(8, false) === byteOrderMagic) return false;
  const actual = head.getUint32(8).toString(16);
  throw new CodecError({
    field: 'byte-order magic',
    offset: offset + 8,
    claimed: '1a2b3c4d',
    actual,
  });
}

function newSection({ body, offset }: Block): Section {
  if (body.byteLength < 16)
    throw new CodecError({
      field: 'section header',
      offset,
      claimed: '16 bytes',
      actual: `${body.byteLength}`,
    });
  const littleEndian = body.getUint32(0, true) === byteOrderMagic;
  const major = body.getUint16(4, littleEndian);
  if (major !== 1)
    throw new CodecError({
      field: 'version of the section',
      offset: offset + 12,
      claimed: '1',
      actual: `${major}`,
    });
  return { littleEndian, interfaces: [] };
}

function noSection({ offset }: Block): CodecError {
  const claimed = 'a section header';
  return new CodecError({ field: 'first block', offset, claimed, actual: 'another block' });
}

function addInterface({ interfaces, littleEndian }: Section, { body, offset }: Block): void {
  if (interfaces.length >= mostInterfaces)
    throw new CodecError({
      field: 'interfaces',
      offset,
      claimed: `at most ${mostInterfaces}`,
      actual: 'more',
    });
  interfaces.push(interfaceOf(body, littleEndian, offset + 8));
}

function frameOf(section: Section, block: Block, number: number): CapturedFrame | undefined {
  switch (block.type) {
    case blocks.enhancedPacket:
      return packet(section, block, number, 0, 20);
    case blocks.obsoletePacket:
      return packet(section, block, number, -1, 20);
    case blocks.simplePacket:
      return simplePacket(section, block, number);
    default:
      return undefined;
  }
}

/** In obsolete blocks the number of the interface has 16 bits, and drops follow it. */
function packet(
  section: Section,
  block: Block,
  number: number,
  obsolete: 0 | -1,
  fields: number,
): CapturedFrame {
  const { littleEndian } = section;
  const { body, offset } = block;
  needBody(block, number, fields);
  const id = obsolete ? body.getUint16(0, littleEndian) : body.getUint32(0, littleEndian);
  const from = interfaceAt(section, id, block, number);
  const ticks =
    BigInt(body.getUint32(4, littleEndian)) * 0x1_0000_0000n +
    BigInt(body.getUint32(8, littleEndian));
  const length = body.getUint32(12, littleEndian);
  const originalLength = body.getUint32(16, littleEndian);
  checkLength(length, block, number, fields);
  const bytes = new Uint8Array(body.buffer, body.byteOffset + fields, length);
  const at = from.offsetSeconds * 1000 + milliseconds(ticks, from.perSecond);
  if (!Number.isFinite(at))
    throw packetFault(number, 'time', offset + 12, 'a time', `${ticks} ticks`);
  return { number, at, linkType: from.linkType, bytes, originalLength };
}

function simplePacket(section: Section, block: Block, number: number): CapturedFrame {
  needBody(block, number, 4);
  const from = interfaceAt(section, 0, block, number);
  const originalLength = block.body.getUint32(0, section.littleEndian);
  const limit = from.snapLength === 0 ? longestPacket : from.snapLength;
  const length = Math.min(originalLength, limit, block.body.byteLength - 4);
  const bytes = new Uint8Array(block.body.buffer, block.body.byteOffset + 4, length);
  return { number, at: undefined, linkType: from.linkType, bytes, originalLength };
}

function needBody({ body, offset }: Block, number: number, fields: number): void {
  if (body.byteLength < fields)
    throw packetFault(number, 'block', offset + 8, `${fields} bytes`, `${body.byteLength}`);
}

function checkLength(length: number, { body, offset }: Block, number: number, fields: number) {
  const most = body.byteLength - fields;
  if (length > most)
    throw packetFault(number, 'captured length', offset + 20, `at most ${most}`, `${length}`);
}

function interfaceAt(section: Section, id: number, { offset }: Block, number: number) {
  const found = section.interfaces[id];
  if (found !== undefined) return found;
  const claimed = `one of the ${section.interfaces.length} described before`;
  throw packetFault(number, 'interface', offset + 8, claimed, `${id}`);
}

/** Whole seconds and the rest apart, so that no digits are lost. */
function milliseconds(ticks: bigint, perSecond: bigint): number {
  const seconds = ticks / perSecond;
  const rest = ticks % perSecond;
  return Number(seconds) * 1000 + (Number(rest) * 1000) / Number(perSecond);
}
