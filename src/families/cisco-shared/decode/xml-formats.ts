import type { CodecNote } from '../../../codec/codec-note.ts';
import { decodeDialplan } from '../../../codec/config/dialplan-xml.ts';
import { decodeXmlRingList } from '../../../codec/config/ring-list-xml.ts';
import { sepPhone } from '../../../codec/config/sep-phone.ts';
import { decodeSep, type LoadInformation } from '../../../codec/config/sep-xml.ts';
import { decodeSyncinfo } from '../../../codec/config/syncinfo.ts';
import { decodeXmlDefault } from '../../../codec/config/xml-default.ts';
import { xmlValues } from '../../../codec/config/xml-values.ts';
import { decodeXml, type XmlElement } from '../../../codec/config/xml.ts';
import type { DecodedData } from '../../../model/family.ts';
import { shown } from './secrets.ts';

/** Protocol, load, lines, call managers and time, then every value by its path. */
export function describeSep(text: string): DecodedData {
  const { root, loads } = decodeSep(text);
  const { lines, load, callManagers, ...phone } = sepPhone(root);
  return {
    ...withoutEmpty({ protocol: phone.protocol, load }),
    // A default document works as a phone's file too.
    ...(loads.some(({ number }) => number !== undefined) ? { loads: loadsByNumber(loads) } : {}),
    ...withoutEmpty({ ...phone, protocol: '' }),
    callManagers: callManagers.map(withoutEmpty),
    lines: lines.map((line) => withoutEmpty(maskedLine(line))),
    values: valuesOf(root),
  };
}

/** Loads by device type number; of two for one number phones take the first. */
export function describeXmlDefault(text: string): DecodedData {
  const { root, loads } = decodeXmlDefault(text);
  return { loads: loadsByNumber(loads), values: valuesOf(root), notes: repeatedLoads(loads) };
}

export function describeDialplan(text: string): DecodedData {
  return decodeDialplan(text);
}

export function describeXmlRingList(text: string): DecodedData {
  return decodeXmlRingList(text);
}

export function describeSyncinfo(text: string): DecodedData {
  return { images: decodeSyncinfo(text) };
}

/** Soft keys, feature policies, rules of dialling, menus: every value by its path. */
export function describeXml(text: string): DecodedData {
  const root = decodeXml(text);
  return { root: root.name, values: valuesOf(root) };
}

type DefaultLoads = Readonly<Record<string, Omit<LoadInformation, 'number'>>>;

function loadsByNumber(loads: readonly LoadInformation[]): DefaultLoads {
  const byNumber = loads.map(({ number, ...load }) => [`${number ?? 'others'}`, load] as const);
  return Object.fromEntries(byNumber.toReversed());
}

function repeatedLoads(loads: readonly LoadInformation[]): readonly CodecNote[] {
  const firsts = new Map<number | undefined, number>();
  return loads.flatMap(({ number, line, column }) => {
    const first = firsts.get(number);
    if (first === undefined) firsts.set(number, line);
    if (first === undefined) return [];
    const name = `loadInformation${number ?? ''}`;
    return [{ code: 'repeated-load', text: `${name} is on line ${first} too`, line, column }];
  });
}

function valuesOf(root: XmlElement): Readonly<Record<string, string>> {
  const values = xmlValues(root).map(
    ({ path, name, value }) => [path, shown(name, value)] as const,
  );
  return Object.fromEntries(values);
}

function maskedLine<Line extends { readonly authPassword: string }>(line: Line): Line {
  return { ...line, authPassword: shown('authPassword', line.authPassword) };
}

/** Without what the file leaves empty. */
function withoutEmpty(values: Readonly<Record<string, unknown>>): DecodedData {
  const isEmpty = (value: unknown) => value === '' || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
}
