const part = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const dotted = new RegExp(`^${part}(?:\\.${part}){3}$`);

const [zero, nine, dot] = [0x30, 0x39, 0x2e];

/** `192.0.2.10`: four decimal numbers up to 255, without leading zeros. */
export function isIPv4(text: string): boolean {
  return dotted.test(text);
}

/**
 * An unsigned 32-bit number, the first part highest. The text must be one that `isIPv4` accepts; NaN for
 * one of another family.
 */
export function ipv4Number(text: string): number {
  let number = 0;
  let part = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at);
    if (letter === dot) {
      number = number * 256 + part;
      part = 0;
    } else if (letter >= zero && letter <= nine) part = part * 10 + letter - zero;
    else return NaN;
  }
  return number * 256 + part;
}

/** `192.0.2.10` for 0xC000020A. */
export function formatIPv4(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 0xff}.${(address >>> 8) & 0xff}.${address & 0xff}`;
}
