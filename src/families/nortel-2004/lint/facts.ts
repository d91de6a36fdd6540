import type { NortelRole } from '../formats/file-role.ts';

/** A value that rules over the whole tree look at, and where it stands; offsets are characters. */
export type PlacedValue = {
  readonly value: string;
  readonly line: number;
  readonly column: number;
  readonly offset: number;
};

/** What a section of `2004tftp.cfg` says, its values as the phone takes them. */
export type SectionFacts = {
  readonly name: string;
  readonly line: number;
  readonly version?: PlacedValue;
  readonly file?: PlacedValue;
  readonly server?: PlacedValue;
};

/** What is kept of a file. */
export type NortelFacts = {
  readonly role: NortelRole;
  /** Read by later phones only: rules about the 2004 pass over it. */
  readonly later?: true;
  readonly sections?: readonly SectionFacts[];
  /** Of the settings: what they say in all, as a digest. */
  readonly digest?: string;
  readonly language?: PlacedValue;
  /** Of `SipUpgradeConfigFile.txt`: the TFTP server. */
  readonly master?: string;
  /** Version id that an image has inside. */
  readonly image?: string;
};
