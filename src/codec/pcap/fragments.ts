import type { Ipv4Packet } from './ipv4-packet.ts';

/** Puts datagrams together again that came in fragments. RFC 791 section 3.2, RFC 815. */
export type Fragments = {
  /** The packet itself, or the datagram that it completes; undefined while parts are missing. */
  add(packet: Ipv4Packet, at: number): Ipv4Packet | undefined;
  /** Datagrams that never became whole. */
  readonly incomplete: number;
};

type Piece = { readonly offset: number; readonly bytes: Uint8Array };
type Datagram = {
  readonly pieces: readonly Piece[];
  /** Known from the last fragment on. */
  readonly length: number | undefined;
  readonly since: number;
};

const mostDatagrams = 256;
const mostPieces = 128;
const longestDatagram = 65_535;
/** RFC 1122 section 3.3.2: 60 to 120 seconds. */
const lifetimeMs = 60_000;

export function fragments(): Fragments {
  const waiting = new Map<string, Datagram>();
  let incomplete = 0;

  function forget(key: string): void {
    if (waiting.delete(key)) incomplete++;
  }

  function makeRoom(at: number): void {
    for (const [key, { since }] of waiting) {
      if (waiting.size < mostDatagrams && at - since <= lifetimeMs) return;
      forget(key);
    }
  }

  return {
    get incomplete() {
      return incomplete;
    },
    add(packet, at) {
      if (packet.fragmentOffset === 0 && !packet.moreFragments) return packet;
      const key = `${packet.source} ${packet.destination} ${packet.id} ${packet.protocol}`;
      if (!waiting.has(key)) makeRoom(at);
      const datagram = withPiece(waiting.get(key), packet, at);
      const payload = datagram && whole(datagram);
      if (payload !== undefined) {
        waiting.delete(key);
        const rest = { fragmentOffset: 0, moreFragments: false, payloadLength: payload.length };
        return { ...packet, ...rest, payload };
      }
      if (datagram === undefined) forget(key);
      else waiting.set(key, datagram);
      return undefined;
    },
  };
}

/** Undefined for a fragment that no datagram can have, and for far too many of them. */
function withPiece(
  before: Datagram | undefined,
  packet: Ipv4Packet,
  at: number,
): Datagram | undefined {
  const { fragmentOffset: offset, payload: bytes, moreFragments } = packet;
  const end = offset + bytes.length;
  const isCut = bytes.length < packet.payloadLength;
  if (end > longestDatagram || isCut || (moreFragments && bytes.length === 0)) return undefined;
  const pieces = [...(before?.pieces ?? []), { offset, bytes: bytes.slice() }];
  if (pieces.length > mostPieces) return undefined;
  return { pieces, length: moreFragments ? before?.length : end, since: before?.since ?? at };
}

function whole({ pieces, length }: Datagram): Uint8Array | undefined {
  if (length === undefined) return undefined;
  const bytes = new Uint8Array(length);
  let covered = 0;
  for (const { offset, bytes: part } of pieces.toSorted((a, b) => a.offset - b.offset)) {
    if (offset > covered) return undefined;
    bytes.set(part.subarray(0, Math.max(0, length - offset)), offset);
    covered = Math.max(covered, offset + part.length);
  }
  return covered >= length ? bytes : undefined;
}
