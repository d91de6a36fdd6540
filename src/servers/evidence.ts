const evidenceBytes = 64;

/** The first bytes of what could not be read, in hexadecimal. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, evidenceBytes)).toString('hex');
}
