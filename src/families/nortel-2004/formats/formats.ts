import { type KeywordFile, keywordValues, partsOf } from '../../../codec/config/keyword-file.ts';
import type { KeywordEntry } from '../../../codec/config/keyword-line.ts';
import { decodeSectionFile, downloadSections } from '../../../codec/config/section-file.ts';
import {
  decodeSipUpgradeConfig,
  sipUpgradePointers,
} from '../../../codec/config/sip-upgrade-config.ts';
import { decodeSysConfig } from '../../../codec/config/sys-config.ts';
import {
  decodeNortelImage,
  isNortelImage,
  versionIdIn,
} from '../../../codec/image/nortel-2004-image.ts';
import { decodeByteText } from '../../../codec/text/byte-text.ts';
import { type NortelImageName, nortelImageOfFile } from '../../../codec/text/nortel-image-name.ts';
import type { DecodedData, FileFormat } from '../../../model/family.ts';
import { latin1 } from '../../../wire/reader.ts';
import { shown } from '../secrets/secret-settings.ts';
import { mayTell, namedRole, type NortelFile, nortelFile, type NortelRole } from './file-role.ts';

/** The files of the IP Phone 2004 and those of later phones that have the same syntax. */
export const formats: readonly FileFormat[] = [
  textFormat('Nortel download list', 'control', describeControl),
  textFormat('Nortel settings', 'data', describeData),
  textFormat('SipUpgradeConfigFile.txt', 'pointers', describePointers),
  {
    format: 'Nortel image',
    matches: (name, bytes) => namedRole(name)?.role === 'image' || isNortelImage(bytes),
    decode: describeImage,
  },
];

/** What a file is, by its name or its content. */
export function fileOf(name: string, bytes: Uint8Array): NortelFile | undefined {
  if (!namedRole(name) && !mayTell(name, bytes.length)) return undefined;
  return nortelFile(name, () => latin1(bytes));
}

function textFormat(
  format: string,
  role: NortelRole,
  describe: (text: string, file: NortelFile) => DecodedData,
): FileFormat {
  return {
    format,
    matches: (name, bytes) => fileOf(name, bytes)?.role === role,
    decode: (name, bytes) => {
      const { text, encoding } = decodeByteText(bytes);
      const file = fileOf(name, bytes) ?? { role, dialect: '2004' };
      return { ...describe(text, file), ...(encoding === 'utf-8' ? {} : { encoding }) };
    },
  };
}

function describeControl(text: string, { dialect }: NortelFile): DecodedData {
  const file = decodeSectionFile(text, dialect);
  const sections = downloadSections(file).map(
    ({ name, line, mode, version, files, server, port, values }) => ({
      ...{ name, line, mode, version, files },
      ...(server !== undefined && { server }),
      ...(port !== undefined && { port }),
      values: masked([...values]),
    }),
  );
  return { phones: dialect, sections, notes: file.notes };
}

function describeData(text: string, { dialect }: NortelFile): DecodedData {
  const file = decodeSysConfig(text, dialect);
  return { phones: dialect, ...valuesIn(file), notes: file.notes };
}

function describePointers(text: string): DecodedData {
  const file = decodeSipUpgradeConfig(text);
  return { ...sipUpgradePointers(file), ...valuesIn(file), notes: file.notes };
}

/** All values, and what keys that stand twice say. */
function valuesIn(file: KeywordFile): DecodedData {
  const entries = partsOf(file).flatMap((part) => part.entries);
  const repeated = repeatsIn(entries);
  return {
    values: masked([...keywordValues(entries)]),
    ...(repeated.length > 0 && { repeated: Object.fromEntries(repeated) }),
  };
}

function repeatsIn(
  entries: readonly KeywordEntry[],
): readonly (readonly [key: string, values: readonly string[]])[] {
  const said = Map.groupBy(entries, ({ key }) => key);
  return [...said].flatMap(([key, each]) =>
    each.length < 2 ? [] : [[key, each.map(({ value }) => shown(key, value))] as const],
  );
}

function masked(
  values: readonly (readonly [key: string, value: string])[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(values.map(([key, value]) => [key, shown(key, value)]));
}

/** Only a synthetic image says what it is; a real one is known by its name and a text inside. */
function describeImage(name: string, bytes: Uint8Array): DecodedData {
  if (isNortelImage(bytes)) {
    const { name: image, size } = decodeNortelImage(bytes);
    return { synthetic: true, ...imageFacts(image), size };
  }
  const image = versionIdIn(bytes) ?? nortelImageOfFile(name);
  return { synthetic: false, ...(image && imageFacts(image)), size: bytes.length };
}

function imageFacts({ canonical, kind, load, release, phones }: NortelImageName): DecodedData {
  return { image: canonical, kind, load, release, phones };
}
