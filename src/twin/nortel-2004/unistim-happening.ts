/** What the phone and a server said to each other over UNIStim, in the words of a capture's summary. */
export type UnistimHappening = {
  readonly kind: 'unistim';
  readonly from: 'phone' | 'server';
  /** `ADDRESS:PORT` of the server. */
  readonly peer: string;
  readonly text: string;
};
