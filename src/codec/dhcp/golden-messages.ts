/** Octets from hex, blanks left out; `*n` after an octet repeats it. */
export function octets(text: string): Uint8Array {
  const words = text.trim().split(/\s+/);
  return Uint8Array.from(
    words.flatMap((word) => {
      const [hex = '', times = '1'] = word.split('*');
      const bytes = [...Buffer.from(hex, 'hex')];
      return Array.from({ length: Number(times) }, () => bytes).flat();
    }),
  );
}

/** Typed by the layout of RFC 2131 section 2 and RFC 2132, field by field. */
export const goldenDiscover = octets(`
  01 01 06 00  3903f326  0004 8000
  00000000 00000000 00000000 0a000101
  001122334455 00*10
  00*64 00*128
  63825363
  35 01 01
  3d 07 01 001122334455
  0c 0f 53455030303131323233333434 3535
  3c 26 436973636f2053797374656d732c20496e632e2049502050686f6e652043502d3739343147 00
  37 07 01 42 06 03 0f 96 23
  52 0c 01 06 000400010002 02 02 abcd
  ff 00*4
`);

export const goldenAck = octets(`
  02 01 06 01  3903f326  0000 0000
  c0000264 c0000264 c0000202 00000000
  001122334455 00*10
  626f6f742e6578616d706c65 00*52
  5345502e636e66 00*121
  63825363
  35 01 05
  36 04 c0000201
  33 04 0001 5180
  01 04 ffffff00
  03 04 c0000201
  42 0a 3139322e302e322e3130
  96 08 c000020a c000020b
  ff 00*11
`);
