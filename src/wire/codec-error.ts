/** Where and why bytes or text do not say what they claim. The only error that codecs throw. */
export type CodecFault = {
  /** The field of the format that was being read, e.g. `block number` or `line 3, column 7`. */
  readonly field: string;
  /** Byte offset from the start of the message; for text, the character offset. */
  readonly offset: number;
  /** What the format or an earlier field promised. */
  readonly claimed: string;
  /** What was there instead. */
  readonly actual: string;
};

export class CodecError extends Error {
  override readonly name = 'CodecError';
  readonly fault: CodecFault;

  constructor(fault: CodecFault) {
    super(
      `${fault.field} at offset ${fault.offset}: expected ${fault.claimed}, found ${fault.actual}`,
    );
    this.fault = fault;
  }
}
