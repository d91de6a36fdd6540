import { isUtf8 } from 'node:buffer';
import { latin1 } from '../../wire/reader.ts';

/** Chunks of a text file in, its lines out, without their ends. */
export type LineSplitter = {
  push(chunk: Uint8Array): readonly string[];
  /** The last line, where no line feed ends it. */
  end(): readonly string[];
};

/** Longer ones are cut: no program's line is, and memory is not endless. */
export const longestLine = 65_536;

const lineFeed = 0x0a;

/**
 * Reads UTF-8, and as Latin-1 each line that is none; UTF-16 where a byte order mark says so, as
 * PowerShell writes it. LF and CR LF end lines; NUL, which damaged files are full of, is left out.
 */
export function lineSplitter(): LineSplitter {
  let pending: Uint8Array = new Uint8Array();
  let wide: InstanceType<typeof TextDecoder> | undefined;
  let isFirst = true;

  function wideBytes(chunk: Uint8Array): Uint8Array {
    if (isFirst && chunk.length >= 2) {
      isFirst = false;
      const [first = 0, second = 0] = chunk;
      const mark = (first << 8) | second;
      if (mark === 0xfffe) wide = new TextDecoder('utf-16le');
      if (mark === 0xfeff) wide = new TextDecoder('utf-16be');
    }
    if (wide === undefined) return chunk;
    return Buffer.from(wide.decode(chunk, { stream: true }), 'utf8');
  }

  function split(bytes: Uint8Array): readonly string[] {
    const lines: string[] = [];
    let start = 0;
    for (;;) {
      const end = bytes.indexOf(lineFeed, start);
      if (end < 0) break;
      lines.push(lineOf(bytes.subarray(start, end)));
      start = end + 1;
    }
    pending = bytes.slice(start, start + longestLine);
    return lines;
  }

  return {
    push(chunk) {
      const bytes = wideBytes(chunk);
      return split(pending.length === 0 ? bytes : Buffer.concat([pending, bytes]));
    },
    end() {
      const last = pending.length === 0 ? [] : [lineOf(pending)];
      pending = new Uint8Array();
      return last;
    },
  };
}

function lineOf(bytes: Uint8Array): string {
  const cut = bytes.subarray(0, longestLine);
  const { buffer, byteOffset, byteLength } = cut;
  const text = isUtf8(cut) ? Buffer.from(buffer, byteOffset, byteLength).toString() : latin1(cut);
  return text
    .replace(/^\uFEFF/, '')
    .replaceAll('\0', '')
    .replace(/\r+$/, '');
}
