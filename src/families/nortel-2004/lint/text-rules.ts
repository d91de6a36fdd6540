import { byteOrderMark } from '../../../codec/text/place.ts';
import { nearestWord } from '../../../model/nearest-word.ts';
import { valueProblem } from '../../../model/parameter-value.ts';
import { replaceOnLine } from '../../shared/lint/fix.ts';
import type { Rule } from '../../shared/lint/rule.ts';
import { secretSettings } from '../secrets/secret-settings.ts';
import {
  keyPlace,
  laterLookup,
  type NortelText,
  pointerLookup,
  type ReadEntry,
  sectionLookup,
  settingsLookup,
  valuePlace,
} from './subject.ts';

type Words = Omit<Rule<NortelText>, 'check' | 'code'>;

/** A rule for what the codec has noted. */
function noteRule(code: string, words: Words): Rule<NortelText> {
  return {
    code,
    ...words,
    check({ document }, report) {
      for (const { code: noted, text, line, column } of document.notes)
        if (noted === code) report({ text, line, column });
    },
  };
}

const byteOrder: Rule<NortelText> = {
  code: 'byte-order-mark',
  severity: 'warning',
  title: 'Byte order mark at the beginning of the file',
  consequence: 'The phone may not know the first line of the file.',
  cure: 'Save the file as ASCII or as UTF-8 without byte order mark.',
  check({ text }, report) {
    if (!text.startsWith(byteOrderMark)) return;
    const fix = { kind: 'replace', offset: 0, length: 1, text: '' } as const;
    report({ text: 'the file begins with a byte order mark', line: 1, column: 1, fix });
  },
};

const unknown: Rule<NortelText> = {
  code: 'unknown-parameter',
  severity: 'warning',
  title: 'Parameter that these phones do not have',
  consequence: 'The phone passes over the line.',
  cure: 'Mend the name, or take the line out. docs/reference lists all parameters.',
  check(file, report) {
    // Of later phones the tables have a part only.
    if (file.dialect !== '2004') return;
    for (const read of file.entries) {
      // What stands in no section, or in a strange one, is told of by rules of their own.
      if (read.known || (file.role === 'control' && isStrange(read.section))) continue;
      report({ text: `${read.entry.keyText} is unknown${hintFor(file, read)}`, ...keyPlace(read) });
    }
  },
};

function isStrange(section: string): boolean {
  return sectionLookup.find(`${section}/FILENAME`) === undefined;
}

function hintFor({ role }: NortelText, { entry, section }: ReadEntry): string {
  if (laterLookup.find(entry.key)) return ': only phones after the 2004 have it';
  if (role === 'control') {
    const keys = ['DOWNLOAD_MODE', 'VERSION', 'FILENAME', 'SERVER_IP', 'SERVER_PORT'];
    return meant(section === '' ? undefined : nearestWord(entry.key, keys));
  }
  const { keys } = role === 'data' ? settingsLookup : pointerLookup;
  return meant(nearestWord(entry.key, keys));
}

function meant(word: string | undefined): string {
  return word === undefined ? '' : `; did you mean ${word}?`;
}

/** These have rules of their own, which know more. */
const ownRules = [
  'DEVICE_CONFIG/DOWNLOAD_MODE',
  'LANGUAGE/DOWNLOAD_MODE',
  'FW/DOWNLOAD_MODE',
  'DEVICE_CONFIG/VERSION',
  'BANNER',
  'DEF_AUDIO_QUALITY',
  'TIMEZONE_OFFSET',
  'AUTO_UPDATE_TIME',
];

const badValue: Rule<NortelText> = {
  code: 'bad-value',
  severity: 'error',
  title: 'Value that the parameter cannot have',
  consequence: 'The phone takes its default, or what it had before.',
  cure: 'Write a value as the text says.',
  check({ entries, dialect }, report) {
    for (const read of entries) {
      const { known, value, placeholder } = read;
      if (!known || placeholder || ownRules.includes(known.key)) continue;
      // Version ids of later phones have other forms.
      if (dialect !== '2004' && known.key === 'FW/VERSION') continue;
      const wanted = valueProblem(known.parameter, value);
      if (wanted === undefined) continue;
      report({ text: `${known.key}: "${value}" should be ${wanted}`, ...valuePlace(read) });
    }
  },
};

const placeholderLeft: Rule<NortelText> = {
  code: 'placeholder-left',
  severity: 'warning',
  title: 'Placeholder in place of a value',
  consequence: 'The phone takes the text as it stands.',
  cure: 'Put the values in, or leave them empty.',
  check({ entries }, report) {
    const [first, ...others] = entries.filter(({ placeholder }) => placeholder);
    if (!first) return;
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    report({ text: `placeholder left: ${first.entry.keyText}${more}`, ...valuePlace(first) });
  },
};

const repeated: Rule<NortelText> = {
  code: 'repeated-parameter',
  severity: 'warning',
  title: 'Parameter twice with two values',
  consequence: 'The last one counts, as far as is known.',
  cure: 'Take one of them out.',
  check({ entries, document }, report) {
    const seen = new Map<string, ReadEntry>();
    for (const read of entries) {
      const key = `${read.section} ${read.known?.key ?? read.entry.key}`;
      if (document.syntax.repeatable.includes(key)) continue;
      const before = seen.get(key);
      if (before && before.value !== read.value) {
        const text = `${read.entry.keyText} has another value on line ${before.entry.line}`;
        report({ text, ...keyPlace(read) });
      }
      seen.set(key, read);
    }
  },
};

const secret: Rule<NortelText> = {
  code: 'secret-in-common-file',
  severity: 'warning',
  title: 'Password in a file for all phones',
  consequence: 'Everyone who can reach the server reads it: the name of the file is known.',
  cure: 'Put it into the files of the phones, or leave it out.',
  check({ entries, name }, report) {
    // A file such as SIP001B21A0C4F7.cfg is one phone's own.
    if (/[0-9A-F]{12}/i.test(name)) return;
    for (const read of entries)
      if (isPassword(read) && !read.placeholder)
        report({ text: `${read.entry.keyText} is set`, ...keyPlace(read) });
  },
};

/** Not how long one is good, and not whether there is one. */
function isPassword({ entry, value }: ReadEntry): boolean {
  const isSet = value !== '' && !/^(YES|NO)$/i.test(value);
  return isSet && secretSettings.has(entry.key) && !entry.key.endsWith('_EXPIRY');
}

const exact = ['FILENAME', 'VERSION', 'SERVER_IP'];

const trailingBlank: Rule<NortelText> = {
  code: 'value-trailing-blank',
  severity: 'note',
  title: 'Blank behind a name, a version or an address',
  consequence:
    'Nobody says whether the phone takes it as a part of the value: of a file that no server has.',
  cure: 'Take the blank away.',
  check({ role, entries, text }, report) {
    if (role === 'data') return;
    for (const { entry } of entries) {
      const { key, keyText, line, value, tail } = entry;
      const isExact = role === 'pointers' || exact.includes(key);
      if (!isExact || value === '' || tail === '' || tail.includes('#')) continue;
      const column = entry.valueColumn + value.length;
      const fix = replaceOnLine(text, line, column, tail.length, '');
      report({ text: `${keyText} has a blank behind its value`, line, column, fix });
    }
  },
};

/** How each line is written; NN42020-202 for the 2004, NN43170-600 for later phones. */
export const textRules: readonly Rule<NortelText>[] = [
  byteOrder,
  noteRule('not-a-setting', {
    severity: 'warning',
    title: 'Line that is neither setting nor comment',
    consequence: 'The phone passes over the line.',
    cure: 'Write a keyword, a blank and the value, or # before a comment.',
  }),
  noteRule('line-too-long', {
    severity: 'warning',
    title: 'Line of more than 80 characters',
    consequence: 'Phones of the 1100 series ignore the rest of the file; the 2004 may do so too.',
    cure: 'Make the line shorter; break a comment into two.',
  }),
  noteRule('hash-in-value', {
    severity: 'warning',
    title: 'Sign # behind or inside a value',
    consequence:
      'Phones of the 1100 series take what follows for a comment; of the 2004 nobody says: it may be a part of the value.',
    cure: 'Put comments on lines of their own, and write no # into values.',
  }),
  unknown,
  badValue,
  placeholderLeft,
  repeated,
  secret,
  trailingBlank,
];
