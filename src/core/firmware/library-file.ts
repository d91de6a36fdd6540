import { createHash } from 'node:crypto';
import type { PhoneFamily } from '../../model/family.ts';
import type { Finding } from '../../model/finding.ts';
import type { FirmwareFacts } from '../../model/firmware-file.ts';
import { archiveType, type ArchiveType } from './archive-type.ts';

/** A file of the library as it is on disk. Plain data, kept as JSON. */
export type LibraryFile = {
  /** Below the library's folder, with `/`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Undefined for what is no firmware of any family. */
  readonly firmware?: { readonly family: string; readonly facts: FirmwareFacts };
  readonly archive?: ArchiveType;
};

/** What a file is, by its content. */
export function libraryFile(
  families: readonly PhoneFamily[],
  path: string,
  bytes: Uint8Array,
): LibraryFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const firmware = identify(families, baseName(path), bytes);
  const archive = firmware ? undefined : archiveType(bytes);
  return {
    ...{ path, size: bytes.length, sha256 },
    ...(firmware && { firmware }),
    ...(archive && { archive }),
  };
}

/** By the first family that takes it for its own. */
export function identify(
  families: readonly PhoneFamily[],
  name: string,
  bytes: Uint8Array,
): LibraryFile['firmware'] {
  for (const { id, firmware } of families) {
    const facts = firmware.identify(name, bytes);
    if (facts) return { family: id, facts };
  }
  return undefined;
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Lies where the copy of its variant belongs; phones find it by the image that they are told. */
export function isCopy({ path, firmware }: LibraryFile): boolean {
  const variant = firmware?.facts.variant;
  return variant !== undefined && path === `${variant}/${baseName(path)}`;
}

/** Phones can take the file: nothing is gravely wrong with it. */
export function isUsable({ firmware }: LibraryFile): boolean {
  return firmware !== undefined && !firmware.facts.findings.some(isGrave);
}

export function isGrave({ severity }: Finding): boolean {
  return severity === 'error';
}
