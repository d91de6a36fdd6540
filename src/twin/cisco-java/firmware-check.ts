import { decodeLoads } from '../../codec/config/loads.ts';
import { decodeSignedFile, isSigned } from '../../codec/image/signed-header.ts';
import { CodecError } from '../../wire/codec-error.ts';
import { latin1 } from '../../wire/reader.ts';
import type { Release } from './load-name.ts';
import { keysKnownBy, type SigningKeys } from './signing-keys.ts';

export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly because: string };

export type Checker = { readonly keys: SigningKeys; readonly release: Release };

/**
 * The content of a signed file, if it is what it says: the name in its header is the one that was
 * asked for and a key that the phone knows fits. That letter case does not count there is our
 * assumption: 7911 loads name `Jar11sip` what packages call `jar11sip`.
 */
export function checkSignedFile(
  bytes: Uint8Array,
  fileName: string,
  { keys, release }: Checker,
): Checked<Uint8Array> {
  if (!isSigned(bytes)) return failed(`${fileName} is not signed`);
  try {
    const { header, body, signedData } = decodeSignedFile(bytes);
    if (header.fileName.toLowerCase() !== fileName.toLowerCase())
      return failed(`${fileName} is ${header.fileName} by its header`);
    const fits = keysKnownBy(release).some((key) => keys[key](signedData, header.signature));
    if (fits) return { ok: true, value: body };
    return failed(`no key that the phone knows fits the signature of ${fileName}`);
  } catch (error) {
    if (error instanceof CodecError) return failed(error.message);
    throw error;
  }
}

/** The names of the components in a loads file, in the order in which they are fetched. */
export function checkLoads(
  bytes: Uint8Array,
  fileName: string,
  checker: Checker,
): Checked<readonly string[]> {
  const checked = checkSignedFile(bytes, fileName, checker);
  return checked.ok ? { ok: true, value: decodeLoads(latin1(checked.value)).files } : checked;
}

function failed(because: string): Checked<never> {
  return { ok: false, because };
}
