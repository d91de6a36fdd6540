import { entriesOf } from '../../../codec/config/keyword-file.ts';
import type { KeywordEntry } from '../../../codec/config/keyword-line.ts';
import {
  decodeSectionFile,
  type DownloadSection,
  downloadSections,
  sectionsOf2004,
} from '../../../codec/config/section-file.ts';
import { decodeSysConfig } from '../../../codec/config/sys-config.ts';
import { decodeByteText } from '../../../codec/text/byte-text.ts';
import { nortelImageOfFile, parseNortelImageName } from '../../../codec/text/nortel-image-name.ts';
import type { ImportedTree, ImportNote, ReadFile } from '../../../model/import.ts';
import type { TreeFile } from '../../../model/lint.ts';
import { type ParameterLookup, parameterLookup } from '../../../model/parameter-lookup.ts';
import type { SettingValues } from '../../../model/settings.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import { namedRole } from '../formats/file-role.ts';
import { sysConfigTable } from '../parameters/sys-config.ts';

const lookup: ParameterLookup = parameterLookup(sysConfigTable);

type Read = { readonly settings: SettingValues; readonly file: ReadFile };

/**
 * The settings of a folder for phones of type 2004. Its files name no phones; firmware, language files
 * and `SipUpgradeConfigFile.txt` stay as they are.
 */
export function importTree(files: readonly TreeFile[]): ImportedTree {
  const control = onlyOne(files, '2004tftp.cfg');
  const named = control.file && namedDataFile(control.file);
  const data = onlyOne(files, dataName(named));
  const read = [
    ...(control.file ? [readControl(control.file)] : []),
    ...(data.file ? [readData(data.file)] : []),
  ];
  const settings = Object.assign({}, ...read.map((each) => each.settings)) as SettingValues;
  const others = [...control.others, ...data.others].map(({ path }): ReadFile => {
    const text = 'phones look for it in one folder, and another one has it';
    return { path, became: 'left-out', text, notes: [] };
  });
  return { phones: [], settings, files: [...read.map(({ file }) => file), ...others] };
}

type OneOf = { readonly file?: TreeFile; readonly others: readonly TreeFile[] };

/** The one nearest to the root, which is the one that phones find. */
function onlyOne(files: readonly TreeFile[], name: string): OneOf {
  const depth = ({ path }: TreeFile) => path.split('/').length;
  const found = files
    .filter(({ path }) => nameOf(path).toLowerCase() === name.toLowerCase())
    .toSorted((a, b) => depth(a) - depth(b));
  const [file, ...others] = found;
  return { ...(file && { file }), others };
}

/** The data file may have any name; one of another role is none. */
function dataName(named: string | undefined): string {
  const isData = named !== undefined && namedRole(named) === undefined;
  return isData ? nameOf(named) : '2004sysConfig.dat';
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function namedDataFile(file: TreeFile): string | undefined {
  const text = textOf(file);
  if (typeof text !== 'string') return undefined;
  const sections = downloadSections(decodeSectionFile(text));
  return sections.find(({ name }) => name === 'DEVICE_CONFIG')?.files[0];
}

function textOf(file: TreeFile): string | CodecError {
  try {
    return decodeByteText(file.read()).text;
  } catch (error) {
    if (error instanceof CodecError) return error;
    throw error;
  }
}

/** Versions are raised from what phones have; servers and names are settings. */
function readControl(file: TreeFile): Read {
  const { path } = file;
  const text = textOf(file);
  if (typeof text !== 'string') return { settings: {}, file: unreadable(path, text) };
  const sections = downloadSections(decodeSectionFile(text));
  const ours = sections.filter(({ name }) => sectionsOf2004.some((each) => each === name));
  const settings = Object.fromEntries(ours.flatMap(settingsOf));
  const notes = [...ours.flatMap(imageNotes), ...strangeSections(sections)];
  const what = 'each phone gets its own, with versions that go on from these';
  return { settings, file: { path, became: 'generated', text: what, notes } };
}

function settingsOf({
  name,
  version,
  files,
  server,
  port,
}: DownloadSection): readonly (readonly [string, string])[] {
  const file = name === 'LANGUAGE' ? files.at(-1) : undefined;
  return [
    ...(name === 'DEVICE_CONFIG' && version !== '' ? [[`${name}/VERSION`, version] as const] : []),
    ...(file !== undefined ? [[`${name}/FILENAME`, file] as const] : []),
    ...(server !== undefined && server !== '0.0.0.0'
      ? [[`${name}/SERVER_IP`, server] as const]
      : []),
    ...(server !== undefined && server !== '0.0.0.0' && port !== undefined
      ? [[`${name}/SERVER_PORT`, port] as const]
      : []),
  ];
}

/** Which image phones were to run: it is set for phones, and this file names none. */
function imageNotes({ name, line, mode, version, files }: DownloadSection): readonly ImportNote[] {
  const image = name === 'FW' ? wantedImage(version, files) : undefined;
  if (image === undefined) return [];
  const how = mode === 'FORCED' ? ', and was FORCED' : '';
  const text = `the image for all phones was ${image}${how}; set it for the phones that are to have it`;
  return [{ line, text, lost: false }];
}

/** The image that a section [FW] is for: by the file's name where it has a version, else by VERSION. */
export function wantedImage(version: string, files: readonly string[]): string | undefined {
  const byFile = nortelImageOfFile(files.at(-1) ?? '');
  const byVersion = parseNortelImageName(version);
  const isSame = byFile?.load === byVersion?.load && byFile?.release === byVersion?.release;
  return (isSame ? byVersion : (byFile ?? byVersion))?.canonical;
}

function strangeSections(sections: readonly DownloadSection[]): readonly ImportNote[] {
  return sections
    .filter(({ name }) => !sectionsOf2004.some((each) => each === name))
    .map(({ name, line }) => ({ line, text: `the 2004 has no section [${name}]`, lost: true }));
}

function readData(file: TreeFile): Read {
  const { path } = file;
  const text = textOf(file);
  if (typeof text !== 'string') return { settings: {}, file: unreadable(path, text) };
  const document = decodeSysConfig(text);
  const entries = entriesOf(document);
  const settings = Object.fromEntries(
    entries.flatMap(({ key, value }) => {
      const known = lookup.find(key);
      return known ? [[known.key, value] as const] : [];
    }),
  );
  const unread = document.lines.filter((line) => line.kind === 'unreadable');
  const notes = [
    ...entries.flatMap((entry) => (lookup.find(entry.key) ? [] : [unknownNote(entry)])),
    ...unread.map(({ line }) => ({ line, text: 'the line is no setting', lost: true })),
  ].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { settings, file: { path, became: 'common', text: 'settings for all phones', notes } };
}

function unknownNote({ line, keyText }: KeywordEntry): ImportNote {
  return { line, text: `${keyText} is in no table`, lost: true };
}

function unreadable(path: string, { fault }: CodecError): ReadFile {
  const text = `${fault.claimed} was expected, not ${fault.actual}`;
  return { path, became: 'left-out', text: 'it cannot be read', notes: [{ text, lost: true }] };
}
