import type { Mac } from '../wire/mac.ts';

/** How far the watch of a family has followed one phone: what its requests so far say. */
export type Watched = {
  readonly mac: Mac;
  readonly family: string;
  /** The form of the state: that of an earlier program may mean something else. */
  readonly form: number;
  /** The family's own; plain data, kept as JSON. */
  readonly state: unknown;
  /** The boot that goes on. */
  readonly bootId?: number;
};
