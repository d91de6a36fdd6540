import type { DhcpOption } from './dhcp-message.ts';
import { concat, wrong } from './scalar-kinds.ts';

/**
 * Code, length, octets, over and over. `padded`: 0 is padding and 255 ends, as in option 43 (RFC
 * 2132 section 8.4); option 82 has neither (RFC 3046 section 2). The octets are views. Throws
 * CodecError.
 */
export function parseSuboptions(bytes: Uint8Array, field: string, padded: boolean): DhcpOption[] {
  const suboptions: DhcpOption[] = [];
  let at = 0;
  for (let code = bytes[at]; code !== undefined; code = bytes[at]) {
    if (padded && code === 0) {
      at += 1;
      continue;
    }
    if (padded && code === 255) break;
    const length = bytes[at + 1];
    if (length === undefined)
      return wrong(`length of suboption ${code} of ${field}`, at + 1, '1 octet', 'none');
    const after = at + 2 + length;
    if (after > bytes.length)
      wrong(
        `suboption ${code} of ${field}`,
        at + 2,
        `${length} octets`,
        `${bytes.length - at - 2}`,
      );
    suboptions.push({ code, bytes: bytes.subarray(at + 2, after) });
    at = after;
  }
  return suboptions;
}

/** Throws CodecError for octets over 255 and codes that cannot be. */
export function serializeSuboptions(
  suboptions: readonly DhcpOption[],
  field: string,
  padded: boolean,
): Uint8Array {
  const [least, most] = padded ? [1, 254] : [0, 255];
  return concat(
    suboptions.flatMap(({ code, bytes }) => {
      if (!Number.isInteger(code) || code < least || code > most)
        wrong(`suboption of ${field}`, 0, `a code from ${least} to ${most}`, `${code}`);
      if (bytes.length > 255)
        wrong(`suboption ${code} of ${field}`, 0, 'at most 255 octets', `${bytes.length}`);
      return [Uint8Array.of(code, bytes.length), bytes];
    }),
  );
}
