import type { TcpSegment } from './tcp.ts';

/** What one side of a connection said next. */
export type TcpPiece = {
  readonly bytes: Uint8Array;
  /** Bytes right before it that the capture does not have. */
  readonly missing: number;
};

/** One direction of a connection, put into order. Memory is bounded. */
export type TcpStream = {
  /** What is now known in order; empty while something before it is missing. */
  add(segment: TcpSegment): readonly TcpPiece[];
  /** What waits behind a gap that nothing fills any more. */
  flush(): readonly TcpPiece[];
};

const mostWaiting = 262_144;
const mostSegments = 256;

/** Sequence numbers wrap: the distance from `a` to `b`, negative when `b` lies before it. */
function distance(a: number, b: number): number {
  return (b - a) | 0;
}

export function tcpStream(): TcpStream {
  let next: number | undefined;
  let waiting: readonly { readonly sequence: number; readonly bytes: Uint8Array }[] = [];

  /** Takes all that follows without a gap. */
  function ready(): TcpPiece[] {
    const pieces: TcpPiece[] = [];
    for (;;) {
      const [first] = waiting;
      if (first === undefined || next === undefined) return pieces;
      const ahead = distance(next, first.sequence);
      if (ahead > 0) return pieces;
      waiting = waiting.slice(1);
      const bytes = first.bytes.subarray(Math.min(-ahead, first.bytes.length));
      if (bytes.length === 0) continue;
      next = (next + bytes.length) >>> 0;
      pieces.push({ bytes, missing: 0 });
    }
  }

  /** Goes on behind the gap. */
  function jump(): TcpPiece[] {
    const [first] = waiting;
    if (first === undefined || next === undefined) return [];
    const missing = distance(next, first.sequence);
    next = first.sequence;
    return ready().map((piece, at) => (at === 0 ? { ...piece, missing } : piece));
  }

  return {
    add({ sequence, syn, payload }) {
      if (syn) {
        next = (sequence + 1) >>> 0;
        waiting = [];
      }
      if (payload.length === 0) return [];
      const start = syn ? (sequence + 1) >>> 0 : sequence;
      next ??= start;
      const base = next;
      waiting = [...waiting, { sequence: start, bytes: payload.slice() }].toSorted(
        (a, b) => distance(base, a.sequence) - distance(base, b.sequence),
      );
      const pieces = ready();
      const size = waiting.reduce((sum, { bytes }) => sum + bytes.length, 0);
      const isFull = size > mostWaiting || waiting.length > mostSegments;
      return isFull ? [...pieces, ...jump()] : pieces;
    },
    flush() {
      const pieces: TcpPiece[] = [];
      while (waiting.length > 0) pieces.push(...jump());
      return pieces;
    },
  };
}
