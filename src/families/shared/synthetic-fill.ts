/** Incompressible bytes, the same every time: a 32-bit xorshift seeded by the name's length. */
export function fillFor(name: string): (bytes: Uint8Array) => void {
  return (bytes) => {
    let word = 0x9e3779b9 ^ name.length;
    for (let at = 0; at < bytes.length; at++) {
      word ^= word << 13;
      word ^= word >>> 17;
      word ^= word << 5;
      bytes[at] = word & 0xff;
    }
  };
}
