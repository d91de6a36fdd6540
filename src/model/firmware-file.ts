import type { Finding } from './finding.ts';

export type FirmwareKind =
  /** What a phone runs. */
  | 'application'
  /** What starts the application and fetches new ones. */
  | 'loader'
  /** Names the files of an image. */
  | 'list'
  /** One of several files of an image. */
  | 'component'
  /** Of other phones, or in a state that does not let it be told. */
  | 'other';

export type FirmwareSignature = {
  readonly signer: string;
  readonly issuer: string;
  /** Hexadecimal. */
  readonly serial: string;
  readonly hash: string;
  /** Vendors' keys are in their phones alone; only the lab's own is known here. */
  readonly verdict: 'good' | 'bad' | 'key unknown';
};

/** What a firmware file says of itself by its content. Plain data, kept as JSON. */
export type FirmwareFacts = {
  readonly kind: FirmwareKind;
  /** Name that phones must ask for, by the file's own header; undefined where it has none. */
  readonly ownName?: string;
  /** Undefined for a file without signature. */
  readonly signature?: FirmwareSignature;
  /** Made by this program: virtual phones take it, real ones do not. */
  readonly synthetic?: true;
  readonly internalVersion?: string;
  /** Names of files, as a list has them. */
  readonly lists?: readonly string[];
  /**
   * By its content: tells files of one name that belong to different images from each other. A plain
   * word, the folder's name of all copies but the first.
   */
  readonly variant?: string;
  /** Internal version of the loader that a list wants. */
  readonly wantsLoader?: string;
  /** SHA-256 of what stands behind the header, hexadecimal. */
  readonly bodySha256?: string;
  /** What is wrong with it. */
  readonly findings: readonly Finding[];
};

/** A model and the image that a package brings for it. */
export type IntendedImage = { readonly model: string; readonly image: string };

/** What a family knows of the files of its firmware. */
export type FamilyFirmware = {
  /**
   * By content; the name only says what it should be. Undefined for what is no firmware of this
   * family. Never throws.
   */
  identify(name: string, bytes: Uint8Array): FirmwareFacts | undefined;
  /** What a control file of a package says that the package is for; none for any other file. */
  intended(name: string, bytes: Uint8Array): readonly IntendedImage[];
  /** Whether packages of different images bring files of this name. None do where it is left out. */
  hasCopies?(name: string): boolean;
  /** The image whose files include one of this name; undefined where only a list can tell. */
  imageOf(name: string): string | undefined;
  /**
   * The names of all files of an image, and where those that are there contradict each other.
   * `factsOf` finds a file in any letter case.
   */
  bundle(
    image: string,
    factsOf: (name: string) => FirmwareFacts | undefined,
  ): { readonly parts: readonly string[]; readonly findings: readonly Finding[] };
};
