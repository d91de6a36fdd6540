import type { Finding } from '../../../model/finding.ts';
import type { FileRole } from './file-role.ts';

/** Another file that a file names, and where. */
export type Named = readonly [
  what: 'image' | 'dial-template' | 'soft-keys' | 'ring',
  name: string,
  line: number,
  column: number,
];

/** A value that rules over the whole tree look at, and where it stands. */
export type PlacedValue = readonly [value: string, line: number, column: number];

/** A complete IMAGE element of a syncinfo.xml. */
export type SyncEntry = {
  readonly version: string;
  readonly sync: string;
  readonly line: number;
  readonly column: number;
};

/** What is kept of a file: plain, and without what only one phone has, so that it is often the same. */
export type CiscoFacts = {
  readonly role: FileRole;
  readonly names?: readonly Named[];
  /** Of a SIP file, by key; of names and passwords only that they are `set`, or `cisco`. */
  readonly sip?: Readonly<Record<string, PlacedValue>>;
  /** Image of a phone's XML file. */
  readonly sepImage?: PlacedValue;
  /** Of the default XML file: image by device type number. */
  readonly defaultLoads?: Readonly<Record<string, PlacedValue>>;
  readonly sync?: readonly SyncEntry[];
  readonly loads?: { readonly files: readonly string[]; readonly laVersion?: string };
  /** Of a loader image. */
  readonly loaderVersion?: string;
  /** Bytes of a ring. */
  readonly size?: number;
};

/** What the inside of a file gives. */
export type LintedContent = {
  readonly findings: readonly Finding[];
  readonly facts?: Omit<CiscoFacts, 'role'>;
};
