import { latin1 } from '../../wire/reader.ts';
import { addressAt, concat, encodeAddress, encodeText, wordsOf, wrong } from './scalar-kinds.ts';
import type { OptionKind } from './scalar-kinds.ts';
import { isIPv4 } from '../../wire/ipv4.ts';

const longestLabel = 63;
const longestName = 255;

/** Names in the form of DNS, pointers to earlier octets of the option included. RFC 3397. */
export const domains: OptionKind<readonly string[]> = {
  decode(bytes, field) {
    const names: string[] = [];
    let at = 0;
    while (at < bytes.length) {
      const { name, after } = readName(bytes, at, field);
      names.push(name);
      at = after;
    }
    return names;
  },
  encode: (text, field) => concat(wordsOf(text).map((word) => encodeName(word, field))),
  format: (value) => value.join(', '),
};

/** RFC 3361 section 3: names, or addresses. One kind at a time. */
export const sipServers: OptionKind<readonly string[]> = {
  decode(bytes, field) {
    if (bytes[0] === 0) return domains.decode(bytes.subarray(1), field);
    if (bytes[0] !== 1) wrong(field, 0, '0 (names) or 1 (addresses)', `${bytes[0] ?? 'nothing'}`);
    if (bytes.length < 5 || bytes.length % 4 !== 1)
      wrong(`length of ${field}`, 0, '1 and a multiple of 4', `${bytes.length}`);
    return Array.from({ length: bytes.length >> 2 }, (_, at) => addressAt(bytes, 1 + 4 * at));
  },
  encode(text, field) {
    const words = wordsOf(text);
    const addresses = words.filter(isIPv4).length;
    if (addresses === 0) return concat([Uint8Array.of(0), domains.encode(text, field)]);
    if (addresses < words.length) wrong(field, 0, 'names, or addresses alone', text);
    return concat([Uint8Array.of(1), ...words.map((word) => encodeAddress(word, field))]);
  },
  format: (value) => value.join(', '),
};

type NameRead = { readonly name: string; readonly after: number };

/** Pointers lead back only, so that reading ends. RFC 1035 section 4.1.4. */
function readName(bytes: Uint8Array, start: number, field: string): NameRead {
  const labels: string[] = [];
  let after: number | undefined;
  let at = start;
  let earliest = start;
  let length = 0;
  for (let octet = bytes[at]; octet !== undefined; octet = bytes[at]) {
    if (octet === 0) return { name: labels.join('.'), after: after ?? at + 1 };
    if (octet >= 0xc0) {
      const low = bytes[at + 1];
      if (low === undefined) return wrong(field, at + 1, 'the rest of a pointer', 'nothing');
      const target = (octet & 0x3f) * 256 + low;
      if (target >= earliest) wrong(field, at, `a pointer to before ${earliest}`, `${target}`);
      after ??= at + 2;
      earliest = at = target;
      continue;
    }
    if (octet > longestLabel) wrong(field, at, `a label up to ${longestLabel}`, `${octet}`);
    if (at + 1 + octet > bytes.length)
      wrong(field, at, `${octet} octets`, `${bytes.length - at - 1}`);
    length += octet + 1;
    if (length > longestName) wrong(field, at, `a name up to ${longestName} octets`, `${length}`);
    labels.push(latin1(bytes.subarray(at + 1, at + 1 + octet)));
    at += 1 + octet;
  }
  return wrong(field, at, 'a name that ends with 0', 'the end');
}

function encodeName(name: string, field: string): Uint8Array {
  const labels = name.replace(/\.$/, '').split('.');
  const parts = labels.flatMap((label) => {
    const octets = encodeText(label, field);
    if (octets.length === 0 || octets.length > longestLabel)
      wrong(field, 0, `labels of 1 to ${longestLabel} characters`, JSON.stringify(name));
    return [Uint8Array.of(octets.length), octets];
  });
  const whole = concat([...parts, Uint8Array.of(0)]);
  if (whole.length > longestName)
    wrong(field, 0, `a name up to ${longestName} octets`, `${whole.length}`);
  return whole;
}
