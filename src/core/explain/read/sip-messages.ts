import { latin1 } from '../../../wire/reader.ts';

/** Cuts a stream into SIP messages by `Content-Length`. RFC 3261 section 18.3. */
export type SipMessages = {
  /** The messages that are whole now. What is missing before the bytes starts anew. */
  add(bytes: Uint8Array, missing: number): readonly Uint8Array[];
};

const longestMessage = 65_536;

export function sipMessages(): SipMessages {
  let waiting: Uint8Array = new Uint8Array();
  return {
    add(bytes, missing) {
      waiting = missing > 0 ? bytes : Buffer.concat([waiting, bytes]);
      const messages: Uint8Array[] = [];
      for (;;) {
        waiting = withoutPings(waiting);
        const text = latin1(waiting);
        const end = text.indexOf('\r\n\r\n');
        if (end < 0) break;
        const [, length = '0'] =
          /^(?:content-length|l)[ \t]*:[ \t]*(\d{1,6})/im.exec(text.slice(0, end)) ?? [];
        const whole = end + 4 + Number(length);
        if (waiting.length < whole) break;
        messages.push(waiting.subarray(0, whole));
        waiting = waiting.subarray(whole);
      }
      waiting = waiting.length > longestMessage ? new Uint8Array() : waiting.slice();
      return messages;
    },
  };
}

/** Empty lines between messages keep a connection alive. RFC 5626 section 3.5.1. */
function withoutPings(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0x0d && byte !== 0x0a);
  return start < 0 ? new Uint8Array() : bytes.subarray(start);
}
