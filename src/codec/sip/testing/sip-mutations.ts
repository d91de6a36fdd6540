import { ifReadable } from '../../../wire/if-readable.ts';
import { parseAuthentication } from '../authentication.ts';
import { headerName } from '../header-names.ts';
import { headersOf } from '../headers-of.ts';
import { parseSdp } from '../sdp.ts';
import { audioOf } from '../sdp-audio.ts';
import { receiveSip } from '../receive-sip.ts';
import { respond } from '../respond.ts';
import { responseAddress, withReceived } from '../response-route.ts';
import { serializeSip } from '../serialize-sip.ts';
import { createSipFramer } from '../sip-framer.ts';
import type { SipMessage } from '../sip-message.ts';
import { callKey, clientKey, serverKey } from '../transaction-key.ts';
import * as typed from '../typed-headers.ts';
import { parseUri } from '../uri.ts';
import { parseProducts } from '../user-agent.ts';
import { phone, proxy, registrar } from './torture.ts';

/** Bytes with meaning in SIP: they find more than others. */
const telling = Buffer.from('\r\n :;,=<>"\\@/?%[]()*0\0\xff', 'latin1');

/** 1 to 4 changes: a byte, a cut, a piece doubled, a piece of another message. */
export function mutate(
  messages: readonly Uint8Array[],
  random: (below: number) => number,
): Uint8Array {
  const pick = () => Buffer.from(messages[random(messages.length)] ?? []);
  let bytes = pick();
  for (let left = 1 + random(4); left > 0; left--) {
    const at = random(bytes.length + 1);
    const piece = bytes.subarray(at, at + random(40));
    const donor = pick();
    const other = donor.subarray(random(donor.length + 1)).subarray(0, random(60));
    const byte = random(2) === 0 ? telling[random(telling.length)] : random(256);
    const middle = [Buffer.of(byte ?? 0), Buffer.alloc(0), Buffer.concat([piece, piece]), other];
    const skipped = [1, random(20), piece.length, random(30)];
    const kind = random(4);
    const rest = bytes.subarray(at + (skipped[kind] ?? 0));
    bytes = Buffer.concat([bytes.subarray(0, at), middle[kind] ?? Buffer.alloc(0), rest]);
  }
  return bytes;
}

/**
 * Reads these bytes in all ways that there are; anything thrown but a CodecError comes out. True where
 * the message was good.
 */
export function readInAllWays(bytes: Uint8Array): boolean {
  ifReadable(() => createSipFramer({ mostBytes: 20_000 }).push(bytes));
  ifReadable(() => audioOf(parseSdp(Buffer.from(bytes).toString('latin1'))));
  const received = receiveSip(bytes);
  if (received.kind === 'unreadable') return false;
  const { message } = received;
  for (const abilities of [phone, registrar, proxy]) receiveSip(bytes, abilities);
  readHeaders(message);
  ifReadable(() => serializeSip(message));
  ifReadable(() => clientKey(message));
  if (message.kind === 'request') {
    ifReadable(() => [serverKey(message), callKey(message)]);
    const seen = ifReadable(() => withReceived(message, { address: '192.0.2.1', port: 5060 }));
    const answer = respond(seen ?? message, { status: 400, reason: 'x', tag: 't' });
    ifReadable(() => [responseAddress(answer), serializeSip(answer)]);
  }
  return received.kind === 'good';
}

function readHeaders(message: SipMessage): void {
  ifReadable(() => typed.contactsOf(message));
  ifReadable(() => typed.eventOf(message));
  ifReadable(() => typed.reasonsOf(message));
  ifReadable(() => typed.contentTypeOf(message));
  ifReadable(() => typed.dateOf(message));
  ifReadable(() => typed.tokensOf(message, 'supported'));
  for (const { name, value } of message.headers) {
    headersOf(message, headerName(name));
    parseProducts(value);
    ifReadable(() => parseAuthentication(name, value));
    ifReadable(() => parseUri(value));
  }
}
