import { unwritable } from '../text/place.ts';
import type { KeywordSyntax } from './keyword-line.ts';
import {
  decodeKeywordFile,
  encodeKeywordFile,
  entriesOf,
  type KeywordFile,
  keywordLine,
  keywordValues,
} from './keyword-file.ts';
import type { NortelDialect } from './section-file.ts';

const syntaxes: { readonly [Dialect in NortelDialect]: KeywordSyntax } = {
  '2004': { separator: 'blank', sections: false, inlineComments: false, repeatable: [] },
  '11xx': { separator: 'blank', sections: false, inlineComments: true, repeatable: [] },
};

/**
 * `2004sysConfig.dat`, and the device and user files of later phones: `KEYWORD value` on each line, a
 * value may have blanks. Every text is read; what is odd is noted. NN42020-202, section 4.
 */
export function decodeSysConfig(text: string, dialect: NortelDialect = '2004'): KeywordFile {
  return decodeKeywordFile(text, syntaxes[dialect]);
}

/** The text of a document, byte for byte; throws a CodecError where it would be read otherwise. */
export function encodeSysConfig(file: KeywordFile): string {
  return encodeKeywordFile(file);
}

/** By keyword in upper case; of one that is given twice the last counts. */
export function sysConfigValues(file: KeywordFile): ReadonlyMap<string, string> {
  return keywordValues(entriesOf(file));
}

/**
 * A new file. Throws a CodecError for what the syntax cannot hold and for a keyword that is given
 * twice.
 */
export function writeSysConfig(
  values: readonly (readonly [key: string, value: string])[],
  heading?: string,
): string {
  const lines = values.map(([key, value]) => keywordLine(key, value, syntaxes['2004']));
  const text = [...(heading === undefined ? [] : [`# ${heading}\n`]), ...lines].join('');
  const repeated = decodeSysConfig(text).notes.find(({ code }) => code === 'repeated-key');
  if (repeated !== undefined) throw unwritable('keyword', 'each keyword once', repeated.text);
  return text;
}
