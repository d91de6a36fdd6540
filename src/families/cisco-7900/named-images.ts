import { cnfValues, decodeCnf } from '../../codec/config/cnf.ts';
import { decodeOs79xx } from '../../codec/config/os79xx.ts';
import { decodeSep } from '../../codec/config/sep-xml.ts';
import { decodeXmlDefault } from '../../codec/config/xml-default.ts';
import { ifReadable } from '../../wire/if-readable.ts';
import { parseImageName } from './image-name.ts';
import type { FileKind } from './paths.ts';

const readers: Partial<Record<FileKind, (text: string) => readonly string[]>> = {
  'boot-text': (text) => [decodeOs79xx(text).image],
  'sccp-phone': (text) => decodeSep(text).loads.map((load) => load.image),
  'sccp-default': (text) => decodeXmlDefault(text).loads.map((load) => load.image),
  'sip-default': imageVersion,
  'sip-phone': imageVersion,
  'mgcp-default': imageVersion,
  'mgcp-phone': imageVersion,
};

/** Images that a served configuration file names; none where it names none or cannot be read. */
export function namedImages(kind: FileKind, text: string): readonly string[] {
  const named = ifReadable(() => readers[kind]?.(text)) ?? [];
  return named.map((name) => parseImageName(name)?.canonical).filter((name) => name !== undefined);
}

function imageVersion(text: string): readonly string[] {
  const image = cnfValues(decodeCnf(text)).get('image_version') ?? '';
  return image === '' ? [] : [image];
}
