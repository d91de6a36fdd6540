/** Something that an operator should know of. The server goes on. */
export type HttpProblem = {
  readonly code: 'handler' | 'socket' | 'request-flood' | 'internal';
  readonly text: string;
};

export type OnProblem = (problem: HttpProblem) => void;

/** The last request that could not be read, or that asked for what may not be asked for. */
export type Evidence = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly address: string;
  readonly port: number;
  readonly reason: string;
  /** What came, as far as it is known: its first bytes in hexadecimal. */
  readonly hex: string;
};
