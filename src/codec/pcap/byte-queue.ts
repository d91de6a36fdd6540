/** Bytes that come in chunks, taken in pieces. Memory is what has come and was not taken. */
export type ByteQueue = {
  push(chunk: Uint8Array): void;
  /** Bytes taken or left out so far. */
  readonly offset: number;
  readonly length: number;
  /** The next `count` bytes, which stay; there must be as many. */
  peek(count: number): Uint8Array;
  take(count: number): Uint8Array;
  /** Leaves out bytes, also those that have not come yet. */
  skip(count: number): void;
};

export function byteQueue(): ByteQueue {
  let chunks: Uint8Array[] = [];
  let length = 0;
  let offset = 0;
  let toSkip = 0;

  /** The first chunk has at least so many bytes afterwards. */
  function gather(count: number): Uint8Array {
    const [first] = chunks;
    if (first !== undefined && first.length >= count) return first;
    const whole = Buffer.concat(chunks);
    chunks = [whole];
    return whole;
  }

  function drop(count: number): void {
    let left = count;
    while (left > 0) {
      const [first] = chunks;
      if (first === undefined) break;
      if (first.length > left) {
        chunks[0] = first.subarray(left);
        left = 0;
      } else {
        chunks.shift();
        left -= first.length;
      }
    }
    const dropped = count - left;
    length -= dropped;
    offset += dropped;
    toSkip += left;
  }

  return {
    push(chunk) {
      if (chunk.length === 0) return;
      chunks.push(chunk);
      length += chunk.length;
      const skipped = toSkip;
      toSkip = 0;
      if (skipped > 0) drop(skipped);
    },
    get offset() {
      return offset;
    },
    get length() {
      return length;
    },
    peek: (count) => gather(count).subarray(0, count),
    take(count) {
      const taken = gather(count).subarray(0, count);
      drop(count);
      return taken;
    },
    skip: drop,
  };
}
