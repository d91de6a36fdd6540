import { cnfValues, decodeCnf } from '../../codec/config/cnf.ts';
import { decodeDialplan } from '../../codec/config/dialplan-xml.ts';
import { decodeLoads } from '../../codec/config/loads.ts';
import { decodeOs79xx } from '../../codec/config/os79xx.ts';
import { decodeRingList } from '../../codec/config/ring-list.ts';
import { decodeSyncinfo } from '../../codec/config/syncinfo.ts';
import { decodeXml } from '../../codec/config/xml.ts';
import { decodeImageBody } from '../../codec/image/cisco-7900-image.ts';
import { decodeSignedFile, isSigned } from '../../codec/image/signed-header.ts';
import type { FileFormat } from '../../model/family.ts';

type Data = Readonly<Record<string, unknown>>;

function textFormat(format: string, pattern: RegExp, decode: (text: string) => Data): FileFormat {
  return {
    format,
    matches: (name) => pattern.test(name),
    decode: (_name, bytes) => signedOr(bytes, (body) => decode(Buffer.from(body).toString('utf8'))),
  };
}

/** The body, and under `signed` what the header says where there is one. */
function signedOr(bytes: Uint8Array, decode: (body: Uint8Array) => Data): Data {
  if (!isSigned(bytes)) return decode(bytes);
  const { header, body } = decodeSignedFile(bytes);
  const signed = {
    ...header,
    signerSerial: hex(header.signerSerial),
    signature: hex(header.signature),
    other: header.other.map(({ tag, value }) => ({ tag, value: hex(value) })),
  };
  return { ...decode(body), signed };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** The first that matches a file's name reads it. */
export const formats: readonly FileFormat[] = [
  textFormat('OS79XX.TXT', /^OS79XX\.TXT$/i, decodeOs79xx),
  textFormat('cnf', /\.cnf$/i, (text) => {
    const document = decodeCnf(text);
    return { values: Object.fromEntries(cnfValues(document)), ...document };
  }),
  textFormat('ring list', /^RINGLIST\.DAT$/i, decodeRingList),
  textFormat('dial plan', /^dialplan.*\.xml$/i, decodeDialplan),
  textFormat('syncinfo', /^syncinfo\.xml$/i, (text) => ({ images: decodeSyncinfo(text) })),
  textFormat('xml', /\.xml$/i, (text) => ({ root: decodeXml(text) })),
  textFormat('loads', /\.loads$/i, decodeLoads),
  {
    format: 'image',
    matches: (name) => /\.(bin|sbn|sb2)$/i.test(name),
    decode: (_name, bytes) => signedOr(bytes, decodeImageBody),
  },
];
