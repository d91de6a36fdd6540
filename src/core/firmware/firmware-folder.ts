import type { Finding } from '../../model/finding.ts';
import type { IntendedImage } from '../../model/firmware-file.ts';
import type { LibraryFile } from './library-file.ts';

/** A file that an import was about. */
export type ImportedFile = {
  /** In the library. */
  readonly name: string;
  /** Where it came from; `PACKAGE/PATH` for a file of a package. */
  readonly from: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
};

/** A package that was opened. */
export type OpenedPackage = {
  readonly path: string;
  readonly type: 'zip' | 'tar' | 'tar.gz';
  /** Who signed it, where it is signed. That signature is not checked. */
  readonly signer?: string;
  /** By its own control files. */
  readonly intended: readonly IntendedImage[];
};

export type ImportReport = {
  readonly stored: readonly ImportedFile[];
  /** Were in the library already. */
  readonly kept: readonly ImportedFile[];
  /** Paths of what is no firmware. */
  readonly leftOut: readonly string[];
  readonly packages: readonly OpenedPackage[];
  readonly findings: readonly Finding[];
};

/** How far a long task is. */
export type Advance = {
  /** Bytes, like `total`. */
  readonly done: number;
  readonly total: number;
  /** What it is at. */
  readonly what: string;
};

export type ScanOptions = {
  /** Reads every file, also those that look unchanged. */
  readonly afresh?: boolean;
  readonly onAdvance?: (advance: Advance) => void;
};

export type ScanResult = {
  readonly files: readonly LibraryFile[];
  /** Files that could not be read, or changed without a trace. */
  readonly findings: readonly Finding[];
};

export type ImportOptions = {
  /** Takes a file in place of another one of its name. */
  readonly replace?: boolean;
  readonly onAdvance?: (advance: Advance) => void;
};

/** The folder of firmware on disk. */
export type FirmwareFolder = {
  /** What lies in it. Reads only what is new or changed. */
  scan(options?: ScanOptions): Promise<ScanResult>;
  /** Packages, folders and files. Rejects where a path cannot be read or the disk is full. */
  importFrom(paths: readonly string[], options?: ImportOptions): Promise<ImportReport>;
  /** Paths as `scan` has them. Transfers that run have read their file already. */
  remove(paths: readonly string[]): Promise<void>;
};
