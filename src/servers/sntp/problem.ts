/** Something that an operator should know of. The server goes on. */
export type SntpProblem = {
  readonly code: 'address' | 'socket' | 'request-flood' | 'internal';
  readonly text: string;
};

export type OnProblem = (problem: SntpProblem) => void;
