import type { Finding } from './finding.ts';

/** An image name that a family understands. */
export type ImageName = {
  /** As written. */
  readonly text: string;
  /** The one way to write it that every phone and file system agrees on. */
  readonly canonical: string;
  /** Equal for the spellings of one release, as `P0S3-8-12-00` and `P0S3-08-12-00`. */
  readonly key: string;
  /** Protocol that the application speaks; a loader speaks none. */
  readonly protocol: 'SCCP' | 'SIP' | 'MGCP' | 'UNIStim' | 'none';
  readonly kind: 'application' | 'loader';
  readonly major: number;
  readonly minor: number;
  readonly maintenance: number;
  readonly sub: number;
  /** The phone checks a signature before it runs it. */
  readonly signed: boolean;
  /** Ways in which the text departs from the canonical name, e.g. letter O for zero. */
  readonly findings: readonly Finding[];
};

/** A piece of firmware to make or to serve. */
export type FirmwareFile = { readonly name: string; readonly bytes: Uint8Array };
