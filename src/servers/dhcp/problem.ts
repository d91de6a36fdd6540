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
