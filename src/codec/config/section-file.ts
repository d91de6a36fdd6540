import { unwritable } from '../text/place.ts';
import type { KeywordSyntax } from './keyword-line.ts';
import {
  decodeKeywordFile,
  encodeKeywordFile,
  type KeywordFile,
  keywordLine,
  type KeywordPart,
  keywordValues,
  partsOf,
} from './keyword-file.ts';

/** Whose rules a file is read by: those of the IP Phone 2004, or of the 1100 and 1200 series. */
export type NortelDialect = '2004' | '11xx';

const syntaxes: { readonly [Dialect in NortelDialect]: KeywordSyntax } = {
  // Whether its phones know comments behind a value is not said: nothing of it may get lost.
  '2004': { separator: 'blank', sections: true, inlineComments: false, repeatable: [] },
  '11xx': {
    separator: 'blank',
    sections: true,
    inlineComments: true,
    repeatable: ['LANGUAGE FILENAME', 'TONES FILENAME', 'IMAGES FILENAME'],
  },
};

/** Sections of the 2004: NN42020-202, section 3. */
export const sectionsOf2004 = ['DEVICE_CONFIG', 'LANGUAGE', 'FW'] as const;

/** Sections that later phones know beside these: NN43170-600, "Provisioning configuration files". */
export const laterSections = [
  'USER_CONFIG',
  'TONES',
  'IMAGES',
  'DIALING_PLAN',
  'LICENSING',
  'SEC_POLICY',
  'DEV_CERT',
  'CTL',
  'CRL',
  'USER_KEYS',
  'LOGIN_BANNER',
] as const;

/**
 * The file that a phone with a SIP load asks for first, `2004tftp.cfg` or `1140eSIP.cfg`: what there
 * is to fetch, and under which condition. Every text is read; what is odd is noted. NN42020-202,
 * section 3; NN43170-600, "Provisioning configuration files", for the later phones.
 */
export function decodeSectionFile(text: string, dialect: NortelDialect = '2004'): KeywordFile {
  return decodeKeywordFile(text, syntaxes[dialect]);
}

/** The text of a document, byte for byte; throws a CodecError where it would be read otherwise. */
export function encodeSectionFile(file: KeywordFile): string {
  return encodeKeywordFile(file);
}

/** What a section tells the phone to fetch. */
export type DownloadSection = {
  /** In upper case. */
  readonly name: string;
  /** Of its head. */
  readonly line: number;
  /** FORCED only where it says exactly that, in any letter case; else AUTO, which is the default. */
  readonly mode: 'AUTO' | 'FORCED';
  /** '' where it has none. */
  readonly version: string;
  /** Several in a few sections of later phones. */
  readonly files: readonly string[];
  /** Undefined: from the server that gave this file. */
  readonly server: string | undefined;
  /** As written; undefined: that of TFTP, 69. */
  readonly port: string | undefined;
  /** By keyword in upper case, all of them. */
  readonly values: ReadonlyMap<string, string>;
};

/** The sections of a file in their order, those that nobody knows too. */
export function downloadSections(file: KeywordFile): readonly DownloadSection[] {
  return partsOf(file)
    .filter(({ name }) => name !== '')
    .map(downloadSection);
}

function downloadSection({ name, line, entries }: KeywordPart): DownloadSection {
  const values = keywordValues(entries);
  const named = (key: string) => values.get(key) || undefined;
  const files = entries.filter(({ key, value }) => key === 'FILENAME' && value !== '');
  return {
    name,
    line,
    mode: named('DOWNLOAD_MODE')?.toUpperCase() === 'FORCED' ? 'FORCED' : 'AUTO',
    version: named('VERSION') ?? '',
    files: files.map(({ value }) => value),
    server: named('SERVER_IP'),
    port: named('SERVER_PORT'),
    values,
  };
}

/** A line to write: a setting, or one that is there but commented out. */
export type SectionSetting = {
  readonly key: string;
  readonly value: string;
  readonly commented?: boolean;
};

export type NewSection = { readonly name: string; readonly settings: readonly SectionSetting[] };

/**
 * A new file. Throws a CodecError for what the syntax cannot hold and for a section or a setting that
 * is given twice.
 */
export function writeSectionFile(sections: readonly NewSection[], heading?: string): string {
  const comments = heading === undefined ? [] : [`# ${heading}\n`];
  const text = [...comments, ...sections.map(writeSection)].join('\n');
  const repeated = decodeSectionFile(text).notes.find(({ code }) => code.startsWith('repeated-'));
  if (repeated !== undefined)
    throw unwritable('section file', 'each section and each setting once', repeated.text);
  return text;
}

function writeSection({ name, settings }: NewSection): string {
  if (!/^[A-Z][A-Z_]*$/.test(name))
    throw unwritable('section', 'upper-case letters and underscores', name);
  const lines = settings.map(
    ({ key, value, commented }) =>
      (commented ? '# ' : '') + keywordLine(key, value, syntaxes['2004']),
  );
  return [`[${name}]\n`, ...lines].join('');
}
