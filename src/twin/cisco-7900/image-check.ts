import { CodecError } from '../../wire/codec-error.ts';
import { decodeImageBody, type ImageBody } from '../../codec/image/cisco-7900-image.ts';
import { decodeSignedFile, isSigned } from '../../codec/image/signed-header.ts';
import { phoneImage } from './image-name.ts';
import type { Verify } from './phone.ts';

/** `authentication`: the phone shows "Image Authentication Failed". */
export type CheckFailure = {
  readonly ok: false;
  readonly authentication: boolean;
  readonly because: string;
};
export type Checked<T> = { readonly ok: true; readonly value: T } | CheckFailure;

/**
 * The content of a signed file, if it is what it says: the name in its header is the one that was
 * asked for and the signature fits. Cisco 7960/7940 firmware upgrade matrix, "Signed and Unsigned
 * Images".
 */
export function checkSignedFile(
  bytes: Uint8Array,
  fileName: string,
  verify: Verify,
): Checked<Uint8Array> {
  if (!isSigned(bytes)) return failed(`${fileName} is not signed`);
  return unlessBroken(() => {
    const { header, body, signedData } = decodeSignedFile(bytes);
    if (header.fileName !== fileName)
      return failed(`${fileName} is ${header.fileName} by its header`);
    if (!verify(signedData, header.signature))
      return failed(`the signature of ${fileName} does not fit`);
    return { ok: true, value: body };
  });
}

/** An image before 5.0: no signature. A signed file is no image to such a phone. */
export function checkPlainFile(bytes: Uint8Array, fileName: string): Checked<Uint8Array> {
  if (isSigned(bytes)) return unusable(`${fileName} is signed, which this phone does not know`);
  return { ok: true, value: bytes };
}

/**
 * The image in a file. Its own name must be the file's: Cisco SIP IP Phone Administrator Guide 4.4,
 * `image_version`.
 */
export function checkImage(body: Uint8Array, image: string): Checked<ImageBody> {
  return unlessBroken(() => {
    const header = decodeImageBody(body);
    if (phoneImage(header.name) === undefined)
      return unusable(`${header.name} is for other phones`);
    if (header.name === image) return { ok: true, value: header };
    return unusable(`the image in the file ${image} is ${header.name} by its header`);
  });
}

function unlessBroken<T>(check: () => Checked<T>): Checked<T> {
  try {
    return check();
  } catch (error) {
    if (error instanceof CodecError) return unusable(error.message);
    throw error;
  }
}

function failed(because: string): CheckFailure {
  return { ok: false, authentication: true, because };
}

function unusable(because: string): CheckFailure {
  return { ok: false, authentication: false, because };
}
