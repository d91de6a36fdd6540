const LF = 0x0a;
const CR = 0x0d;

/**
 * Content as it travels in netascii mode: LF becomes CR LF, CR becomes CR NUL.
 * RFC 1350 section 1, RFC 764 "The NVT printer and keyboard".
 */
export function encodeNetascii(content: Uint8Array): Uint8Array {
  let special = 0;
  for (const byte of content) if (byte === LF || byte === CR) special++;
  const encoded = new Uint8Array(content.length + special);
  let at = 0;
  for (const byte of content) {
    if (byte === LF) encoded[at++] = CR;
    encoded[at++] = byte;
    if (byte === CR) encoded[at++] = 0;
  }
  return encoded;
}

/** The reverse. A CR that neither LF nor NUL follows is kept as it is. */
export function decodeNetascii(encoded: Uint8Array): Uint8Array {
  const content = new Uint8Array(encoded.length);
  let length = 0;
  for (let at = 0; at < encoded.length; at++) {
    const byte = encoded[at] ?? 0;
    const next = encoded[at + 1];
    const pair = byte === CR && (next === LF || next === 0);
    content[length++] = pair && next === LF ? LF : byte;
    if (pair) at++;
  }
  return content.slice(0, length);
}
