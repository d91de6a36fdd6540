/**
 * What no document says of UNIStim on the MCS 5100, and no capture shows: our assumptions, each with a
 * switch. `docs/unistim.md` lists them.
 */
export type UnistimAssumptions = {
  /** Whether the phone keeps its UNIStim connection while it fetches: mode 3, else mode 2. */
  readonly staysConnected: boolean;
  /** The second byte of Download Software Upgrade. */
  readonly unknownByte: number;
  /** What is its file identifier: the offer's version id, the path, or nothing. */
  readonly identifier: 'version' | 'path' | 'none';
  /** When a transfer is granted: when it is asked for, or when the phone has said what it wants. */
  readonly grants: 'request' | 'details';
  /**
   * How a file ends whose size is a multiple of the block size: with an empty block, or with nothing
   * behind its last byte.
   */
  readonly fileEnd: 'short-block' | 'last-byte';
  /** Bytes of the largest block that a phone may ask for. */
  readonly largestBlock: number;
  /** Bytes of a datagram of commands; what Asterisk's channel driver sends at most. */
  readonly largestPacket: number;
  /** How phones are sent away when the service is locked. */
  readonly lockBy: 'soft-reset' | 'server-switch';
};

export const usualAssumptions: UnistimAssumptions = {
  staysConnected: true,
  unknownByte: 0,
  identifier: 'version',
  grants: 'request',
  fileEnd: 'short-block',
  largestBlock: 1400,
  largestPacket: 64,
  lockBy: 'soft-reset',
};
