import { decodeLoads } from '../../../../codec/config/loads.ts';
import { decodeImageBody, type ImageBody } from '../../../../codec/image/cisco-7900-image.ts';
import {
  decodeSignedFile,
  isSigned,
  type SignedHeader,
} from '../../../../codec/image/signed-header.ts';
import type { TreeFile } from '../../../../model/lint.ts';
import { CodecError } from '../../../../wire/codec-error.ts';
import { latin1 } from '../../../../wire/reader.ts';
import { parseImageName } from '../../../cisco-7900/image-name.ts';

/** A file of a firmware package: what stands at its beginning. */
export type FirmwareFile = {
  /** Without folders. */
  readonly name: string;
  readonly header?: SignedHeader;
  /** Of an image of a 7940 or 7960. */
  readonly body?: ImageBody;
  /** Of a `.loads` file. */
  readonly loads?: { readonly files: readonly string[]; readonly laVersion?: string };
  /** Why it cannot be read. */
  readonly damage?: string;
};

/** Signed headers have about 400 bytes, and the fields of an image 320 behind it. */
const beginning = 4096;
const mostLoads = 65_536;

export function firmwareFile(name: string, file: TreeFile): FirmwareFile {
  const isLoads = /\.loads$/i.test(name);
  const bytes = file.read(isLoads ? mostLoads : beginning);
  const base = { name };
  if (bytes.length === 0) return { ...base, damage: 'the file is empty' };
  try {
    const signed = isSigned(bytes) ? decodeSignedFile(bytes) : undefined;
    const content = signed?.body ?? bytes;
    const known = { ...base, ...(signed && { header: signed.header }) };
    if (isLoads) return { ...known, loads: decodeLoads(latin1(content)) };
    return isOf7900(name) ? { ...known, body: decodeImageBody(content) } : known;
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return { ...base, damage: error.message };
  }
}

export function isOf7900(name: string): boolean {
  return parseImageName(name.replace(/\.\w+$/, '')) !== undefined;
}

/** Whether phones check a signature on it: those of other models are not known here. */
export function isSignedKind(name: string): boolean {
  if (/^(jar|cnu|apps|dsp|cvm)\d\d.*\.sbn$/i.test(name)) return true;
  if (/\.bin$/i.test(name)) return false;
  return isOf7900(name) || /^((SIP|SCCP)\d\d\.|term\d\d\.).*\.loads$/i.test(name);
}
