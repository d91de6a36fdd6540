import { dhcpOptions, decodeOption } from '../src/codec/dhcp/dhcp-options.ts';
import { clientIdOf, macOf, messageTypeOf, vendorClassOf } from '../src/codec/dhcp/dhcp-fields.ts';
import { goldenAck, goldenDiscover } from '../src/codec/dhcp/golden-messages.ts';
import { parseDhcp } from '../src/codec/dhcp/parse-dhcp.ts';
import { serializeDhcp } from '../src/codec/dhcp/serialize-dhcp.ts';
import { encodeOption } from '../src/codec/dhcp/dhcp-options.ts';
import { emptyMessage } from '../src/codec/dhcp/empty-message.ts';
import { seededRandom } from '../src/twin/seeded-random.ts';
import { CodecError } from '../src/wire/codec-error.ts';
import { optionSamples } from './dhcp-option-samples.ts';

export type MutationCount = { readonly read: number; readonly refused: number };

/** Reads so many broken messages; throws what is no CodecError, and a value that cannot be. */
export function readMutations(count: number, seed: number): MutationCount {
  const random = seededRandom(seed);
  const below = (most: number) => Math.floor(random() * most);
  const originals = seeds();
  let read = 0;
  for (let index = 0; index < count; index += 1) {
    const original = originals[index % originals.length] ?? goldenAck;
    if (isRead(mutated(original, below))) read += 1;
  }
  return { read, refused: count - read };
}

/** Messages of few and of many options, and one with options in `file` and `sname`. */
function seeds(): readonly Uint8Array[] {
  const options = optionSamples().map(({ code, text }) => ({
    code,
    bytes: encodeOption(code, text),
  }));
  const groups = [0, 20, 40, 60, 80, 100].map((from) => options.slice(from, from + 20));
  const overloaded = { ...emptyMessage, options: [{ code: 43, bytes: new Uint8Array(400) }] };
  const made = [...groups.map((each) => ({ ...emptyMessage, options: each })), overloaded];
  return [goldenDiscover, goldenAck, ...made.map((message) => serializeDhcp(message))];
}

function mutated(original: Uint8Array, below: (most: number) => number): Uint8Array {
  const bytes = original.slice(0, below(8) === 0 ? below(original.length + 1) : original.length);
  // Most changes where the options are, which is where there is something to go wrong.
  for (let changes = 1 + below(4); changes > 0 && bytes.length > 0; changes -= 1) {
    const inOptions = bytes.length > 240 && below(4) > 0;
    const at = inOptions ? 240 + below(bytes.length - 240) : below(bytes.length);
    const codes = [0, 52, 255, 1, 2, 3];
    bytes[at] = below(2) === 0 ? below(256) : (codes[below(codes.length)] ?? 0);
  }
  return bytes;
}

function isRead(bytes: Uint8Array): boolean {
  try {
    const message = parseDhcp(bytes);
    messageTypeOf(message);
    vendorClassOf(message);
    if (macOf(message)?.length === 0 || clientIdOf(message) === '') throw new Error('no client');
    let octets = 0;
    for (const { code, bytes: value } of message.options) {
      octets += value.length;
      decodeLeniently(code, value);
    }
    if (octets > bytes.length) throw new Error('more octets than came');
    return true;
  } catch (error) {
    if (error instanceof CodecError) return false;
    throw error;
  }
}

const known = new Set(dhcpOptions.map(({ code }) => code));

function decodeLeniently(code: number, value: Uint8Array): void {
  if (!known.has(code)) return;
  try {
    decodeOption(code, value);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
  }
}
