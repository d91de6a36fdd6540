const part = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const dotted = new RegExp(`^${part}(?:\\.${part}){3}$`);

/** `192.0.2.10`: four decimal numbers up to 255, without leading zeros. */
export function isIPv4(text: string): boolean {
  return dotted.test(text);
}

/** An unsigned 32-bit number, the first part highest. The text must be one that `isIPv4` accepts. */
export function ipv4Number(text: string): number {
  return text.split('.').reduce((sum, each) => sum * 256 + Number(each), 0);
}

/** `192.0.2.10` for 0xC000020A. */
export function formatIPv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}
