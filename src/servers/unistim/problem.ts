/** Something that an operator should know of. The server goes on. */
export type UnistimProblem = {
  readonly code: 'address' | 'socket' | 'request-flood' | 'malformed' | 'handler' | 'internal';
  readonly text: string;
};

export type OnProblem = (problem: UnistimProblem) => void;
