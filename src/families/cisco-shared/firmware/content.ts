import { decodeLoads, type Loads } from '../../../codec/config/loads.ts';
import {
  decodeImageBody,
  statedSize,
  type ImageBody,
} from '../../../codec/image/cisco-7900-image.ts';
import { cnuArchive, isCnuArchive } from '../../../codec/image/cnu-archive.ts';
import { decodeSignedFile, isSigned, type SignedFile } from '../../../codec/image/signed-header.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import { latin1 } from '../../../wire/reader.ts';

/** What a firmware file holds, whatever it is called. */
export type Content = {
  readonly signed?: SignedFile;
  /** Behind the header, or all of it. */
  readonly body: Uint8Array;
  readonly image?: ImageBody;
  readonly loads?: Loads;
  readonly isComponent?: true;
  /** Why it cannot be what it should be. */
  readonly damage?: string;
};

const nothing = new Uint8Array();
/** Exception vectors begin with a branch; see the image's layout. */
const armBranch = 0xea;
/** What an archive or an image is known by has so many bytes; what is shorter is neither. */
const shortestBeginning = 20;
/** A list of files has a few hundred bytes. */
const longestList = 65_536;

/** Reads it by its content; only lists, which are plain text, have to be called so. */
export function contentOf(name: string, bytes: Uint8Array): Content {
  if (bytes.length === 0) return { body: nothing, damage: 'the file is empty' };
  let signed: SignedFile | undefined;
  let body = bytes;
  try {
    if (isSigned(bytes)) {
      signed = decodeSignedFile(bytes);
      ({ body } = signed);
    }
    const own = signed?.header.fileName ?? '';
    const found = bodyOf(own === '' ? name : own, body);
    if (!signed && Object.keys(found).length === 0) return { body, damage: 'it is no firmware' };
    return { ...(signed && { signed }), body, ...found };
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return { ...(signed && { signed }), body, damage: error.message };
  }
}

/** Throws a CodecError for what begins like firmware and does not go on so. */
function bodyOf(name: string, body: Uint8Array): Omit<Content, 'body' | 'signed'> {
  if (isCnuArchive(body)) {
    cnuArchive(body);
    return { isComponent: true };
  }
  if (body[3] === armBranch && body[7] === armBranch) return { image: wholeImage(body) };
  if (/\.loads$/i.test(name)) return listOf(body);
  if (/\.(sbn|sb2|sbin)$/i.test(name) && body.length < shortestBeginning)
    return { damage: `it ends ${body.length} bytes behind its header` };
  return {};
}

function wholeImage(body: Uint8Array): ImageBody {
  const image = decodeImageBody(body);
  const stated = statedSize(body);
  if (stated === undefined || stated === body.length) return image;
  const claimed = `${stated} bytes by its own header`;
  throw new CodecError({ field: 'image', offset: 0, claimed, actual: `${body.length}` });
}

function listOf(body: Uint8Array): Omit<Content, 'body' | 'signed'> {
  const text = latin1(body.subarray(0, longestList));
  const isText = body.length <= longestList && /^[\t\r\n\x20-\x7e]*$/.test(text);
  return isText ? { loads: decodeLoads(text) } : { damage: 'no list of files: it is not text' };
}
