import { open } from 'node:fs/promises';
import { decodeSignedFile, isSigned } from '../../codec/image/signed-header.ts';
import { archiveType, type ArchiveType } from '../../core/firmware/archive-type.ts';
import { ifReadable } from '../../wire/if-readable.ts';

/** An archive, maybe behind a signed header. */
export type PackageType = {
  readonly type: ArchiveType;
  /** Offset at which the archive begins. */
  readonly start: number;
  readonly signer?: string;
};

/** Longer headers are no signed header. */
const mostHeader = 65_536;
const beginning = 512;

/** Undefined for what is no package. Firmware is never one, whatever its bytes look like. */
export async function packageType(file: string, name: string): Promise<PackageType | undefined> {
  if (/\.(sbn|sb2|sbin|bin|loads)$/i.test(name)) return undefined;
  const bytes = await firstBytes(file, mostHeader + beginning);
  if (!isSigned(bytes)) return typeAt(bytes, 0, undefined);
  return ifReadable(() => {
    const { header } = decodeSignedFile(bytes);
    return typeAt(bytes, header.headerLength, header.signerName);
  });
}

function typeAt(
  bytes: Uint8Array,
  start: number,
  signer: string | undefined,
): PackageType | undefined {
  const type = archiveType(bytes.subarray(start, start + beginning));
  return type && { type, start, ...(signer !== undefined && { signer }) };
}

async function firstBytes(path: string, most: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
