/** Time as an argument. `after` returns a function that calls it off. */
export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number;
  after(ms: number, run: () => void): () => void;
};
