/** Something that an operator should know of. The server goes on. */
export type SipServerProblem = {
  readonly code: 'address' | 'socket' | 'request-flood' | 'malformed' | 'internal';
  readonly text: string;
};

export type OnProblem = (problem: SipServerProblem) => void;
