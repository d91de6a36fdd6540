/** Where the fields of a message are, in octets from its start. RFC 2131 section 2. */
export const layout = {
  op: 0,
  hardwareType: 1,
  hardwareLength: 2,
  hops: 3,
  transactionId: 4,
  seconds: 8,
  flags: 10,
  ciaddr: 12,
  yiaddr: 16,
  siaddr: 20,
  giaddr: 24,
  chaddr: 28,
  serverName: 44,
  bootFile: 108,
  cookie: 236,
  options: 240,
} as const;

export const chaddrLength = 16;

/** RFC 2131 section 3. */
export const magicCookie = 0x63825363;

/** Options that give the frame of a message and never a value. RFC 2132 sections 3.1, 3.2, 9.3. */
export const padCode = 0;
export const endCode = 255;
export const overloadCode = 52;

/** Bits of option 52: which fields carry options. RFC 2132 section 9.3. */
export const overloads = { bootFile: 1, serverName: 2 } as const;
