const evidenceBytes = 64;

/** The last thing that came and could not be read. */
export type Evidence = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly address: string;
  readonly port: number;
  readonly reason: string;
  /** Bytes that came, as far as they are known, and the first of them in hexadecimal. */
  readonly length: number;
  readonly hex: string;
};

type Sender = { readonly address: string; readonly port: number };

export function evidenceAgainst(
  { address, port }: Sender,
  bytes: Uint8Array,
  reason: string,
  at: number,
): Evidence {
  return { at, address, port, reason, length: bytes.length, hex: hexOf(bytes) };
}

/** The first bytes of what could not be read, in hexadecimal. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, evidenceBytes)).toString('hex');
}
