import { readOptions } from '../../../codec/tftp/options.ts';
import type { TftpPacket } from '../../../codec/tftp/packet.ts';
import type { FileEnd } from '../../../model/observation.ts';
import { packetLine, sayingOf, type WirePacket, type WireSaying } from './wire-packet.ts';

/** A transfer as the wire shows it so far. */
export type TftpTransfer = {
  readonly path: string;
  readonly client: string;
  readonly clientPort: number;
  readonly server: string;
  readonly blockSize: number;
  /** Bytes in the order of their blocks. */
  readonly bytes: number;
  /** The last block in order, counted on beyond 65535. */
  readonly block: number;
  /** The block that ends the file has been seen. */
  readonly whole: boolean;
  readonly retries: number;
  /** The capture lacks packets of it, as capture programs drop some under load. */
  readonly lossy: boolean;
  /** The packet last seen of it, without its content. */
  readonly last: WirePacket;
  readonly lastFrom: 'client' | 'server';
};

const defaultBlock = 512;
const dataHeader = 4;
const blockNumbers = 65_536;

export function newTransfer(packet: WirePacket, path: string, retries: number): TftpTransfer {
  return {
    path,
    client: packet.source,
    clientPort: packet.sourcePort,
    server: packet.destination,
    blockSize: defaultBlock,
    bytes: 0,
    block: 0,
    whole: false,
    retries,
    lossy: false,
    last: bare(packet),
    lastFrom: 'client',
  };
}

/** The transfer after one more packet of it that is no error. */
export function afterPacket(
  transfer: TftpTransfer,
  packet: WirePacket,
  said: TftpPacket,
  lastFrom: 'client' | 'server',
): TftpTransfer {
  const seen = { ...transfer, last: bare(packet), lastFrom };
  const { block, blockSize, lossy } = transfer;
  if (lastFrom === 'client')
    return said.kind === 'ack' ? { ...seen, lossy: lossy || ahead(block, said.block) > 0 } : seen;
  if (said.kind === 'oack')
    return { ...seen, blockSize: readOptions(said.options).blksize ?? defaultBlock };
  if (said.kind !== 'data') return seen;
  const further = ahead(block, said.block);
  if (further === 0) return { ...seen, retries: transfer.retries + 1 };
  if (further < 0) return seen;
  // The length is that on the wire: captures may hold less of a packet.
  const size = packet.length - dataHeader;
  return {
    ...seen,
    block: block + further,
    bytes: transfer.bytes + (further - 1) * blockSize + size,
    whole: size < blockSize,
    lossy: lossy || further > 1,
  };
}

/** How far a block's number, of 16 bits, is beyond one that is counted on; negative for older ones. */
function ahead(block: number, written: number): number {
  const distance = (written - (block % blockNumbers) + blockNumbers) % blockNumbers;
  return distance < blockNumbers / 2 ? distance : distance - blockNumbers;
}

/** The acknowledgement of the block that ended the file. */
export function isComplete({ whole, block }: TftpTransfer, said: TftpPacket): boolean {
  return whole && said.kind === 'ack' && said.block === block % blockNumbers;
}

export function sentEnd({ bytes, retries }: TftpTransfer): FileEnd {
  return retries === 0 ? { kind: 'sent', bytes } : { kind: 'sent', bytes, retries };
}

export function ended(transfer: TftpTransfer, packet: WirePacket, end: FileEnd): WireSaying {
  const { path, client } = transfer;
  const happening = { kind: 'file-ended', protocol: 'tftp', path, end } as const;
  return sayingOf(packet, client, happening, `TFTP ${endWords(end)} ${path}`);
}

/**
 * Told of its last packet, as nothing came after it. Nothing is said of a transfer of which the
 * capture lacks packets, as its end may be among them.
 */
export function timedOut(transfer: TftpTransfer): readonly WireSaying[] {
  const { path, client, last, lastFrom, bytes, retries, lossy } = transfer;
  if (lossy) return [];
  const answered = lastFrom === 'server';
  const end = { kind: 'timed-out', answered, bytes, retries } as const;
  const happening = { kind: 'file-ended', protocol: 'tftp', path, end } as const;
  const text = packetLine(last, `TFTP, and nothing after it: ${path}`);
  return [{ number: last.number, at: last.at, address: client, happening, text }];
}

/** A packet is a view into a chunk of the capture, which need not be kept for it. */
function bare(packet: WirePacket): WirePacket {
  return { ...packet, payload: new Uint8Array() };
}

function endWords(end: FileEnd): string {
  switch (end.kind) {
    case 'error':
      return `error ${end.code} (${end.text}) for`;
    case 'aborted':
      return `aborted by the client (${end.text}):`;
    case 'sent':
      return 'all acknowledged of';
    case 'timed-out':
      return 'silence after';
  }
}
