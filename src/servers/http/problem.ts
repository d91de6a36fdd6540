/** Something that an operator should know of. The server goes on. */
export type HttpProblem = {
  readonly code: 'handler' | 'socket' | 'request-flood' | 'internal';
  readonly text: string;
};

export type OnProblem = (problem: HttpProblem) => void;
