import { CodecError } from '../../wire/codec-error.ts';
import { headerOf } from './headers-of.ts';
import { parseSip, parseSipHead } from './parse-sip.ts';
import type { SipMessage } from './sip-message.ts';
import { shown } from './sip-text.ts';

/** What came out of a stream: messages, and empty lines that keep it open (RFC 5626 section 3.5.1). */
export type SipFrame =
  | { readonly kind: 'message'; readonly message: SipMessage }
  /** `isPing`: two line ends, to be answered with one; one alone is such an answer. */
  | { readonly kind: 'keep-alive'; readonly isPing: boolean };

export type SipFramer = {
  /** The messages that these bytes complete. Throws CodecError; the stream is of no use then. */
  push(bytes: Uint8Array): readonly SipFrame[];
  /** Bytes of a message that is not whole yet. */
  readonly waiting: number;
};

export type FramerLimits = {
  /** Bytes of a message, its body included. */
  readonly mostBytes: number;
};

/** Takes a TCP stream apart by Content-Length. RFC 3261 sections 18.3 and 20.14. */
export function createSipFramer({ mostBytes }: FramerLimits): SipFramer {
  let store = Buffer.alloc(0);
  let size = 0;
  /** Bytes in which no end of the headers was found. */
  let searched = 0;
  /** Length of the message whose headers are there. */
  let whole: number | undefined;

  /** Room is doubled, so that bytes in drops cost no more than in one. */
  function append(bytes: Uint8Array): void {
    if (size + bytes.length > store.length) {
      const larger = Buffer.alloc(Math.max(2 * store.length, size + bytes.length));
      store.copy(larger, 0, 0, size);
      store = larger;
    }
    store.set(bytes, size);
    size += bytes.length;
  }

  function next(start: number): { readonly frame: SipFrame; readonly end: number } | undefined {
    const bytes = store.subarray(start, size);
    if (bytes[0] === 13 && bytes[1] === 10) {
      const isPing = bytes[2] === 13 && bytes[3] === 10;
      return { frame: { kind: 'keep-alive', isPing }, end: start + (isPing ? 4 : 2) };
    }
    whole ??= messageLength(bytes, searched, mostBytes);
    if (whole === undefined || bytes.length < whole) {
      searched = Math.max(bytes.length - 3, 0);
      if (bytes.length > mostBytes) throw tooLong(mostBytes);
      return undefined;
    }
    const message = parseSip(Uint8Array.from(bytes.subarray(0, whole)));
    return { frame: { kind: 'message', message }, end: start + whole };
  }

  return {
    push(bytes) {
      append(bytes);
      const frames: SipFrame[] = [];
      let start = 0;
      for (let found = next(start); found; found = start < size ? next(start) : undefined) {
        frames.push(found.frame);
        start = found.end;
        whole = undefined;
        searched = 0;
      }
      if (start > 0) {
        store = Buffer.from(store.subarray(start, size));
        size = store.length;
      }
      return frames;
    },
    get waiting() {
      return size;
    },
  };
}

/** Undefined while the end of the headers has not come. */
function messageLength(bytes: Buffer, from: number, mostBytes: number): number | undefined {
  const end = headEnd(bytes, from);
  if (end === undefined) return undefined;
  const { message, length } = parseSipHead(bytes.subarray(0, end));
  const whole = length + bodyLength(message);
  if (whole > mostBytes) throw tooLong(mostBytes);
  return whole;
}

/** Lone line feeds are forgiven here too. */
function headEnd(bytes: Buffer, from: number): number | undefined {
  const strict = bytes.indexOf('\n\r\n', from, 'latin1');
  const lone = bytes.indexOf('\n\n', from, 'latin1');
  if (strict < 0) return lone < 0 ? undefined : lone + 2;
  return lone < 0 || strict < lone ? strict + 3 : lone + 2;
}

/** A stream cannot do without it. */
function bodyLength(message: SipMessage): number {
  const text = headerOf(message, 'content-length');
  if (text !== undefined && /^\d{1,9}$/.test(text)) return Number(text);
  const actual = text === undefined ? 'none' : shown(text);
  throw new CodecError({ field: 'Content-Length', offset: 0, claimed: 'a number', actual });
}

function tooLong(mostBytes: number): CodecError {
  const claimed = `a message of at most ${mostBytes} bytes`;
  return new CodecError({ field: 'stream', offset: 0, claimed, actual: 'more' });
}
