import type { Awaited } from './lateness.ts';
import type { FileKind } from './paths.ts';

/** Which program of the phone asks: its own boot code, the universal loader, or the application. */
export type Stage = 'unknown' | 'original' | 'loader' | 'application';
export type Protocol = 'SCCP' | 'SIP' | 'MGCP';

export type WatchState = {
  readonly stage: Stage;
  /** Of boot code without loader, by the configuration files that it asked for last. */
  readonly protocol?: Protocol;
  readonly askedConfiguration: boolean;
  /** It has asked for a `.sbn`: from then on it takes nothing else. */
  readonly signed: boolean;
  /** Images that the configuration files of this boot named. */
  readonly named: readonly string[];
  /** The load whose `.loads` file was asked for in this boot. */
  readonly loads?: string;
  /** Whether an image was asked for in this boot. */
  readonly askedImage: boolean;
  /** Image files fetched whole in this boot, in order. */
  readonly taken: readonly string[];
  /** The image file that the phone restarted with: asking for it again is not running it. */
  readonly restartedWith?: string | undefined;
  /** The last file that it asked for, and what must follow it. */
  readonly lastAsked: string;
  /** Milliseconds since the epoch. */
  readonly lastAskedAt: number;
  readonly awaited?: Awaited | undefined;
  /** Some file of this boot was not seen, so that what the phone was told is not known. */
  readonly blind: boolean;
  /** Images that any configuration file of this boot named. */
  readonly offered: readonly string[];
  /** By a file that ends the loader's hunt. */
  readonly told?: string;
  /** Boots in a row in which it did not ask for what it was told. */
  readonly unheeded: number;
  /** Configuration files asked for in this boot of a loader. */
  readonly hunted: readonly FileKind[];
  /** Hunts before this one in which no application started, and what the last was told to load. */
  readonly hunts: number;
  readonly huntedLoad?: string | undefined;
  /** A file that ends the hunt was empty: the loader stops at it. */
  readonly broken: boolean;
  /** The loads file could not be had. */
  readonly noLoads: boolean;
  /** The application file that it took last, until it starts without asking for it again. */
  readonly applied?: string | undefined;
  /** The load whose application it asked for last: its loader took that load's list of files. */
  readonly accepted?: string | undefined;
  /** What it ran to the end of a boot: it stayed there when the files named it. */
  readonly ran?: string | undefined;
  /** It came back without what it was given, and took nothing since. */
  readonly cameBack: boolean;
  /** What it was seen to run in this boot. */
  readonly proved?: string | undefined;
};

export const start: WatchState = {
  stage: 'unknown',
  signed: false,
  askedConfiguration: false,
  named: [],
  askedImage: false,
  taken: [],
  lastAsked: '',
  lastAskedAt: 0,
  blind: true,
  offered: [],
  unheeded: 0,
  hunted: [],
  hunts: 0,
  broken: false,
  noLoads: false,
  cameBack: false,
};
