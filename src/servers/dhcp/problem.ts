/**
 * Something that an operator should know of. The server goes on.
 * - `interface`: the interface or its address is gone, or has come back
 * - `other-interfaces`: broadcasts of other interfaces cannot be told apart
 */
export type DhcpProblem = {
  readonly code: 'interface' | 'other-interfaces' | 'handler' | 'socket' | 'overload' | 'internal';
  readonly text: string;
};

export type OnProblem = (problem: DhcpProblem) => void;

/** The last datagram that could not be read. */
export type Evidence = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly address: string;
  readonly port: number;
  readonly reason: string;
  /** Bytes in the datagram, and the first of them in hexadecimal. */
  readonly length: number;
  readonly hex: string;
};

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
