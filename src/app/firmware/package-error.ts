import type { Finding } from '../../model/finding.ts';

export type PackageErrorCode = 'package-broken' | 'package-too-large' | 'package-nested';

const cures: Readonly<Record<PackageErrorCode, string>> = {
  'package-broken': 'Get the package again; compare its size with the one of the source.',
  'package-too-large': 'No firmware is like this: look where the package comes from.',
  'package-nested': 'Unpack the outer one and import what is in it.',
};

/** Why a package cannot be opened. Nothing of it is imported. */
export class PackageError extends Error {
  override readonly name = 'PackageError';
  readonly code: PackageErrorCode;

  constructor(code: PackageErrorCode, text: string, cause?: unknown) {
    super(text, cause === undefined ? {} : { cause });
    this.code = code;
  }

  finding(path: string): Finding {
    const { code, message } = this;
    const consequence = 'Nothing of it is imported.';
    const place = { file: path };
    return { code, severity: 'error', text: message, place, consequence, cure: cures[code] };
  }
}

/** What a reader of archives throws is about the archive, unless the disk has failed. */
export function asPackageError(error: unknown): unknown {
  const isOfDisk = error instanceof Error && 'syscall' in error;
  if (error instanceof PackageError || isOfDisk || !(error instanceof Error)) return error;
  return new PackageError('package-broken', error.message, error);
}
