import type { Mac } from '../wire/mac.ts';
import type { Finding } from './finding.ts';
import type { Evidence, FileProtocol, Observation } from './observation.ts';

/**
 * How a file that was asked for ended. `unanswered`: the source tells of ends, and of none here.
 * `untold`: it tells of none, so that a phone that goes on has most likely got the file.
 */
export type FileOutcome =
  | 'sent'
  | 'missing'
  /** TFTP error other than 1, HTTP status other than 404. */
  | 'refused'
  | 'timed-out'
  | 'aborted'
  | 'unanswered'
  | 'untold';

/** Lines that show something, and when that was. */
export type Shown = { readonly at: number; readonly evidence: readonly Evidence[] };

/** A file that a phone asked for. Requests repeated from the same port are one. */
export type AskedFile = Shown & {
  readonly endedAt?: number;
  readonly protocol: FileProtocol;
  /** As the phone wrote it. */
  readonly path: string;
  /** The last part of it. */
  readonly name: string;
  readonly server?: string;
  readonly outcome: FileOutcome;
  /** TFTP error or HTTP status, with its text. */
  readonly code?: number;
  readonly words?: string;
  readonly bytes?: number;
  /** Of one that timed out: the server had sent something. */
  readonly answered?: boolean;
  /** How often the request was sent again. */
  readonly repeats: number;
};

export type PhaseName =
  'address' | 'loader' | 'configuration' | 'firmware' | 'application' | 'registered';

/** A run of things that the phone did for one purpose. */
export type Phase = {
  readonly phase: PhaseName;
  readonly startedAt: number;
  readonly lastAt: number;
  /** Milliseconds from the phase before. */
  readonly gap: number;
  readonly files: number;
  readonly bytes: number;
  readonly repeats: number;
};

/** One thing of a boot: what was observed, or a file with its end. */
export type Step = {
  readonly at: number;
  readonly phase: PhaseName;
} & ({ readonly file: AskedFile } | { readonly seen: Observation });

/** From power-on, or from where the phone's program started again, to the next time. */
export type StoryBoot = {
  readonly startedAt: number;
  readonly lastAt: number;
  readonly because: string;
  readonly steps: readonly Step[];
  readonly files: readonly AskedFile[];
  readonly phases: readonly Phase[];
  /** An application started in it. */
  readonly started: boolean;
  /** What it was proved to run in it. */
  readonly runs?: string;
};

/** A finding of the family's watch that the phone has not got past. */
export type StandingFinding = Shown & { readonly finding: Finding };

/** What a source is able to show: what is not in it may just not be written there. */
export type Reach = {
  readonly dhcp: boolean;
  readonly files: boolean;
  /** Files that were sent, not those asked for alone. */
  readonly ends: boolean;
  readonly sip: boolean;
  readonly sntp: boolean;
  /** Everything that went over the wire. */
  readonly packets: boolean;
};

/** What the source tells of all others. */
export type SiteStory = {
  /** Names that somebody was sent, by the same in lower case. */
  readonly sent: ReadonlyMap<string, string>;
  /** Whether anybody else was sent something. */
  readonly servesOthers: boolean;
  /** TFTP servers that sent something, where the source names them. */
  readonly servers: ReadonlySet<string>;
  /** Names that somebody asked for. */
  readonly asked: ReadonlySet<string>;
  /** What programs said that is about no one phone. */
  readonly notes: readonly Observation[];
  /** What DHCP servers offered or acknowledged, to anyone. */
  readonly offers: readonly Observation[];
  /** When the source ends. */
  readonly endedAt: number;
};

/** All that is known of one phone. */
export type PhoneStory = {
  readonly mac?: Mac;
  readonly address?: string;
  readonly family?: string;
  readonly model?: string;
  /** Whether an inventory that was looked into has it; undefined where there is none. */
  readonly inInventory?: boolean;
  /** At least one, in order of time. */
  readonly boots: readonly StoryBoot[];
  readonly last: StoryBoot;
  /** Of all boots. */
  readonly files: readonly AskedFile[];
  /** Of all boots; files and their ends too. */
  readonly observations: readonly Observation[];
  readonly standing: readonly StandingFinding[];
  readonly reach: Reach;
  readonly site: SiteStory;
};
