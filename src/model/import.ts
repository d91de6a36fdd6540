import type { Mac } from '../wire/mac.ts';
import type { SettingValues } from './settings.ts';

/** Something to know of a place in a file that is read in. */
export type ImportNote = {
  /** Both count from 1. */
  readonly line?: number;
  readonly column?: number;
  readonly text: string;
  /** What stands there is in none of what the file became. */
  readonly lost: boolean;
};

/** What a family makes of a file that phones read. */
export type ReadFile = {
  readonly path: string;
  /**
   * `phone`: it is a phone's own. `common`: its settings are for all. `generated`: phones get one
   * that is made for them. `left-out`: no phone reads it, or it cannot be read.
   */
  readonly became: 'phone' | 'common' | 'generated' | 'left-out';
  /** Of what, or why. */
  readonly text: string;
  readonly notes: readonly ImportNote[];
};

/** A phone as its files show it. */
export type ReadPhone = {
  readonly mac: Mac;
  /** Models that it may be; one where the files tell. */
  readonly models: readonly string[];
  /** As it is called. */
  readonly image?: string;
  readonly settings: SettingValues;
};

/** What a family reads out of a folder that a TFTP server has served. */
export type ImportedTree = {
  readonly phones: readonly ReadPhone[];
  /** Of the files for all phones of the family. */
  readonly settings: SettingValues;
  /** Files of which it says nothing are for phones to have as they are, or none of its own. */
  readonly files: readonly ReadFile[];
};

export type ImportOptions = {
  /** Models that the operator named for phones whose files do not tell. */
  readonly models: readonly string[];
};
