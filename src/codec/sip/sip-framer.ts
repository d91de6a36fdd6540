import { CodecError } from '../../wire/codec-error.ts';
import { headerOf } from './headers-of.ts';
import { parseSip, parseSipHead } from './parse-sip.ts';
import type { SipMessage } from './sip-message.ts';

/** What came out of a stream: messages, and empty lines that keep it open (RFC 5626 section 3.5.1). */
export type SipFrame =
  { readonly kind: 'message'; readonly message: SipMessage } | { readonly kind: 'keep-alive' };

export type SipFramer = {
  /** The messages that these bytes complete. Throws CodecError; the stream is of no use then. */
  push(bytes: Uint8Array): readonly SipFrame[];
};

/** Takes a TCP stream apart by Content-Length. RFC 3261 sections 18.3 and 20.14. */
export function createSipFramer({ mostBytes }: { readonly mostBytes: number }): SipFramer {
  let waiting: Buffer = Buffer.alloc(0);

  function next(): SipFrame | undefined {
    if (waiting.length >= 2 && waiting[0] === 13 && waiting[1] === 10) {
      const isPing = waiting.length >= 4 && waiting[2] === 13 && waiting[3] === 10;
      waiting = waiting.subarray(isPing ? 4 : 2);
      return { kind: 'keep-alive' };
    }
    const end = headEnd(waiting);
    if (end < 0) return waiting.length > mostBytes ? tooLong() : undefined;
    const { message, length } = parseSipHead(waiting.subarray(0, end));
    const whole = length + bodyLength(message);
    if (whole > mostBytes) return tooLong();
    if (waiting.length < whole) return undefined;
    const frame = parseSip(waiting.subarray(0, whole));
    waiting = waiting.subarray(whole);
    return { kind: 'message', message: frame };
  }

  function tooLong(): never {
    const claimed = `a message of at most ${mostBytes} bytes`;
    throw new CodecError({ field: 'stream', offset: 0, claimed, actual: 'more' });
  }

  return {
    push(bytes) {
      waiting = waiting.length === 0 ? Buffer.from(bytes) : Buffer.concat([waiting, bytes]);
      const frames: SipFrame[] = [];
      for (let frame = next(); frame; frame = next()) frames.push(frame);
      return frames;
    },
  };
}

function headEnd(bytes: Buffer): number {
  const at = bytes.indexOf('\r\n\r\n', 0, 'latin1');
  return at < 0 ? -1 : at + 4;
}

/** A stream cannot do without it. */
function bodyLength(message: SipMessage): number {
  const text = headerOf(message, 'content-length');
  if (text !== undefined && /^\d{1,9}$/.test(text)) return Number(text);
  const actual = text === undefined ? 'none' : JSON.stringify(text);
  throw new CodecError({ field: 'Content-Length', offset: 0, claimed: 'a number', actual });
}
