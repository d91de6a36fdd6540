/** Something that an operator should know of. The server goes on. */
export type TftpProblem = {
  readonly code:
    'address' | 'handler' | 'socket' | 'worker' | 'single-thread' | 'request-flood' | 'internal';
  readonly text: string;
};

export type OnProblem = (problem: TftpProblem) => void;
