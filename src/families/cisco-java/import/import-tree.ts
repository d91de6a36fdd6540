import type { SepFile } from '../../../codec/config/sep-xml.ts';
import type {
  ImportedTree,
  ImportNote,
  ImportOptions,
  ReadFile,
  ReadPhone,
} from '../../../model/import.ts';
import type { TreeFile } from '../../../model/lint.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import type { Mac } from '../../../wire/mac.ts';
import { misnamedFile } from '../../cisco-shared/import/misnamed.ts';
import { readFile, unreadable } from '../../cisco-shared/import/read-file.ts';
import { readSep, sepSettings } from '../../cisco-shared/import/sep-import.ts';
import { isSepOf7900 } from '../../cisco-shared/import/sep-owner.ts';
import type { FileRole } from '../../cisco-shared/lint/file-role.ts';
import { parseImageName } from '../image-name.ts';
import { fileName } from '../paths.ts';
import { sepElements } from '../render/lookups.ts';
import { modelsInDefault, modelsOf } from './phone-models.ts';

type OfPhone = { readonly file: TreeFile; readonly mac: Mac };
type Read = { readonly phone?: ReadPhone; readonly file: ReadFile };

/** Reads phones, their settings and images out of a folder. */
export function importTree(files: readonly TreeFile[], options: ImportOptions): ImportedTree {
  const own = files.flatMap((file) => phoneFile(file) ?? []);
  const withCnf = new Set(files.flatMap(({ path }) => macOfCnf(path) ?? []));
  const inDefault = modelsInDefault(files);
  const first = new Map<Mac, TreeFile>();
  for (const { mac, file } of own.toSorted(exactFirst)) if (!first.has(mac)) first.set(mac, file);
  const read = own.flatMap(({ mac, file }): readonly Read[] => {
    if (first.get(mac) !== file) return [{ file: otherPlace(file) }];
    const surroundings = { hasCnf: withCnf.has(mac), models: options.models };
    const made = readPhone(mac, file, surroundings, inDefault);
    return made ? [made] : [];
  });
  const told = read.map(({ file }) => file);
  return {
    phones: read.flatMap(({ phone }) => phone ?? []),
    settings: {},
    files: [...told, ...files.flatMap(({ path }) => otherFile(path) ?? [])],
  };
}

/** The files that phones ask for by their MAC, signed and encrypted ones left out. */
function phoneFile(file: TreeFile): OfPhone | undefined {
  const { kind, mac, name } = fileName(file.path);
  const isPlain = kind === 'phone' && /\.xml$/i.test(name) && !misnamedFile(file.path, () => true);
  return isPlain && mac ? { file, mac } : undefined;
}

function macOfCnf(path: string): string | undefined {
  return /(?:^|\/)(?:SIP|MGC)([0-9A-F]{12})\.cnf$/i.exec(path)?.[1]?.toUpperCase();
}

/** In the root and with the letters that phones write. */
function exactFirst({ file: a }: OfPhone, { file: b }: OfPhone): number {
  const rank = ({ path }: TreeFile) =>
    (path.includes('/') ? 2 : 0) + (/^SEP[0-9A-F]{12}\.cnf\.xml$/.test(path) ? 0 : 1);
  return rank(a) - rank(b);
}

function otherPlace({ path }: TreeFile): ReadFile {
  return readFile(path, 'left-out', 'phones look for it in the root, under one name');
}

/** Undefined for a phone of another family. */
function readPhone(
  mac: Mac,
  file: TreeFile,
  surroundings: Parameters<typeof isSepOf7900>[1],
  inDefault: readonly string[],
): Read | undefined {
  const { path } = file;
  if (path.includes('/')) return { file: otherPlace(file) };
  const sep = readSep(file);
  if (sep instanceof CodecError)
    return surroundings.hasCnf ? undefined : { file: unreadable(path, sep) };
  if (isSepOf7900(sep, surroundings)) return undefined;
  const { settings, notes } = sepSettings(sep, sepElements);
  const named = sep.loads.find(({ number }) => number === undefined) ?? sep.loads[0];
  if (!named && Object.keys(settings).length === 0)
    return { file: readFile(path, 'left-out', 'there is nothing in it that phones read', notes) };
  const read = named && parseImageName(named.image);
  const image = read?.kind === 'application' ? read : undefined;
  const more = named && !image ? [noImage(named)] : [];
  const phone: ReadPhone = {
    ...{ mac, models: modelsOf(sep, named && (read ?? 'unknown'), inDefault) },
    ...(image && { image: image.canonical }),
    settings: image ? settings : { ...protocolOf(sep), ...settings },
  };
  return { phone, file: readFile(path, 'phone', '', [...more, ...notes]) };
}

function noImage({ image, line, column }: SepFile['loads'][number]): ImportNote {
  return {
    line,
    column,
    text: `"${image}" is no load that these phones can be told to run`,
    lost: true,
  };
}

/** Without a load it says itself what it speaks. */
function protocolOf({ protocol }: SepFile): Readonly<Record<string, string>> {
  return protocol === undefined ? {} : { deviceProtocol: protocol };
}

function isOurs(role: FileRole | undefined): boolean {
  return role === undefined || role === 'sep' || role === 'xml-default';
}

function otherFile(path: string): ReadFile | undefined {
  if (fileName(path).kind === 'default')
    return readFile(path, 'generated', 'each phone gets its own');
  return misnamedFile(path, isOurs);
}
