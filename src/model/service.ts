/**
 * What a service of ours is provisioned with by commands: values by name, which may change while it is
 * locked. The running server follows.
 */
export type Service = {
  readonly name: string;
  readonly state: 'locked' | 'unlocked';
  readonly values: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly changedAt: number;
  /** What the last change was, for people. */
  readonly text: string;
};
