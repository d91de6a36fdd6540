import type { DecodedData, FileFormat } from '../../model/family.ts';
import { decodeByteText } from '../../codec/text/byte-text.ts';
import { type FileKind, fileKind } from './decode/file-kind.ts';
import { describeImage, describeTrustList, withHeader } from './decode/image-formats.ts';
import {
  describeCnf,
  describeLoadMap,
  describeLoads,
  describeOs79xx,
  describeRingList,
} from './decode/text-formats.ts';
import {
  describeDialplan,
  describeSep,
  describeSyncinfo,
  describeXml,
  describeXmlDefault,
  describeXmlRingList,
} from './decode/xml-formats.ts';

type Describe = (bytes: Uint8Array) => DecodedData;

function text(describe: (text: string) => DecodedData): Describe {
  return (bytes) => {
    const { text: read, encoding } = decodeByteText(bytes);
    return { ...describe(read), ...(encoding === 'utf-8' ? {} : { encoding }) };
  };
}

const describers: Readonly<Record<Exclude<FileKind, 'signed file'>, Describe>> = {
  'OS79XX.TXT': text(describeOs79xx),
  cnf: text(describeCnf),
  SEP: text(describeSep),
  XMLDefault: text(describeXmlDefault),
  'dial plan': text(describeDialplan),
  'ring list': text(describeRingList),
  'XML ring list': text(describeXmlRingList),
  syncinfo: text(describeSyncinfo),
  XML: text(describeXml),
  loads: text(describeLoads),
  'load map': text(describeLoadMap),
  image: describeImage,
  'trust list': describeTrustList,
};

/** `.sgn` and `.enc.sgn` files, and signed ones with any name: what they say depends on the body. */
const signedFile: FileFormat = {
  format: 'signed file',
  matches: (name, bytes) => fileKind(name, bytes) === 'signed file',
  decode: (name, bytes) =>
    withHeader(bytes, (body) => {
      const kind = fileKind(name.replace(/(\.enc)?\.sgn$/i, ''), body);
      if (kind === undefined || kind === 'signed file') return { size: body.length };
      return { content: kind, ...describers[kind](body) };
    }),
};

/** Every kind of file of Cisco's phones. A signed one is read behind its header. */
export const formats: readonly FileFormat[] = [
  ...Object.entries(describers).map(([format, describe]): FileFormat => ({
    format,
    matches: (name, bytes) => fileKind(name, bytes) === format,
    decode: (_name, bytes) =>
      format === 'trust list' ? describe(bytes) : withHeader(bytes, describe),
  })),
  signedFile,
];
