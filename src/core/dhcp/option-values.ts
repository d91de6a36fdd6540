import type { DhcpOption } from '../../codec/dhcp/dhcp-message.ts';

/** Four octets as an unsigned number; undefined for any other length. */
export function numberOf(bytes: Uint8Array): number | undefined {
  if (bytes.length !== 4) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

/** Addresses one behind the other; what is left over at the end is not read. */
export function numbersOf(bytes: Uint8Array): readonly number[] {
  return Array.from(
    { length: bytes.length >> 2 },
    (_, index) => numberOf(bytes.subarray(4 * index, 4 * index + 4)) ?? 0,
  );
}

/** Up to the first NUL; octets that are no printable ASCII become `?`. */
export function textOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    if (byte === 0) break;
    text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '?';
  }
  return text;
}

export function numberOption(code: number, value: number): DhcpOption {
  const bytes = Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
  return { code, bytes };
}

export function numbersOption(code: number, values: readonly number[]): DhcpOption {
  return {
    code,
    bytes: Uint8Array.from(values.flatMap((value) => [...numberOption(0, value).bytes])),
  };
}

/** The text must be ASCII. */
export function textOption(code: number, text: string): DhcpOption {
  return { code, bytes: Uint8Array.from(text, (letter) => letter.charCodeAt(0)) };
}
