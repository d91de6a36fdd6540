/** What SIPp is run for, in the order of the page that lists it. */
export const topics = [
  'registration',
  'authentication',
  'NOTIFY',
  'retransmission',
  'forking',
  'bad messages',
] as const;

export type SipScenario = {
  readonly topic: (typeof topics)[number];
  /** As it stands in docs/sip.md. */
  readonly name: string;
  readonly steps: readonly string[];
  /** The line that is asked for. */
  readonly user?: string;
  /** Further words for SIPp. */
  readonly words?: readonly string[];
};

/** Without SIPp's own repetitions, and without its passing over those of others. */
export const asWritten: readonly string[] = ['-nr'];
