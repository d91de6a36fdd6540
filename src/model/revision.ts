import type { Mac } from '../wire/mac.ts';

/** How often a file of one phone has changed, where another file tells the phone of its version. */
export type Revision = {
  /** As the family writes it. */
  readonly path: string;
  /** From 1; raised with each change of the content, never lowered. */
  readonly revision: number;
  /** Hexadecimal, of the content that has this revision; '' where nothing was made of it yet. */
  readonly sha256: string;
  /** The phone passed over what it was told of: the next time it is to take it whatever it has. */
  readonly forced: boolean;
};

/** A revision as it is kept. */
export type PhoneRevision = Revision & {
  readonly mac: Mac;
  /** Milliseconds since the epoch: of the last change. */
  readonly at: number;
};

/** By path. */
export type Revisions = ReadonlyMap<string, Pick<Revision, 'revision' | 'forced'>>;
