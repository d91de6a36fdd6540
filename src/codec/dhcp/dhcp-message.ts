/** Octets of one option, all its occurrences joined. RFC 2132 section 2, RFC 3396 section 5. */
export type DhcpOption = { readonly code: number; readonly bytes: Uint8Array };

/**
 * A DHCP or BOOTP message. Addresses are unsigned 32-bit numbers, 0 for none: a server at full speed
 * compares them far more often than it shows them. RFC 2131 section 2.
 */
export type DhcpMessage = {
  readonly op: 'request' | 'reply';
  readonly hardwareType: number;
  /** Octets of `chaddr` that are an address. */
  readonly hardwareLength: number;
  readonly hops: number;
  readonly transactionId: number;
  readonly seconds: number;
  /** All 16 bits; 0x8000 asks for a broadcast answer. */
  readonly flags: number;
  readonly ciaddr: number;
  readonly yiaddr: number;
  readonly siaddr: number;
  readonly giaddr: number;
  /** 16 octets. */
  readonly chaddr: Uint8Array;
  /** Up to the first NUL; empty where the field carries options (RFC 2132 section 9.3). */
  readonly serverName: string;
  readonly bootFile: string;
  /** In the order in which they came; unknown ones too. Pad, end and overload are not among them. */
  readonly options: readonly DhcpOption[];
};

/** RFC 2132 section 9.6: option 53. */
export type DhcpMessageType =
  'discover' | 'offer' | 'request' | 'decline' | 'ack' | 'nak' | 'release' | 'inform';

/** The first option of this code. */
export function dhcpOption(message: DhcpMessage, code: number): Uint8Array | undefined {
  return message.options.find((option) => option.code === code)?.bytes;
}
