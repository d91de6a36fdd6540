const part = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const dotted = new RegExp(`^${part}(?:\\.${part}){3}$`);

/** `192.0.2.10`: four decimal numbers up to 255, without leading zeros. */
export function isIPv4(text: string): boolean {
  return dotted.test(text);
}
