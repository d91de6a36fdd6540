import { valueProblem } from '../../../../model/parameter-value.ts';
import { nearestWord } from '../../../../model/nearest-word.ts';
import type { Rule } from '../../../shared/lint/rule.ts';
import { badValueWords, placeholderText, placeholderWords } from '../rule-words.ts';
import { keyPlace, sipLookup, type SipFile, valuePlace } from './sip-subject.ts';
import { replaceOnLine } from '../../../shared/lint/fix.ts';

const unknown: Rule<SipFile> = {
  code: 'unknown-parameter',
  severity: 'warning',
  title: 'Parameter that these phones do not have',
  consequence: 'The phone passes over the line.',
  cure: 'Mend the name, or take the line out. docs/reference lists all parameters.',
  check({ entries }, report) {
    for (const read of entries) {
      const { entry, known } = read;
      if (known) continue;
      report({ text: `${entry.keyText} is unknown${hintFor(entry.key)}`, ...keyPlace(read) });
    }
  },
};

function hintFor(key: string): string {
  const index = /\d+/.exec(key)?.[0];
  if (index !== undefined && index !== '1' && sipLookup.find(key.replace(index, '1')))
    return ': there is none with this number';
  const meant = nearestWord(key, sipLookup.keys);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

const alias: Rule<SipFile> = {
  code: 'alias-parameter',
  severity: 'warning',
  title: 'Other name of a parameter',
  consequence: 'Phones may know one of the names only.',
  cure: 'Use the name from the tables of the guide.',
  check({ entries }, report) {
    for (const read of entries) {
      const { known, entry } = read;
      if (known && known.key.toLowerCase() !== entry.key)
        report({ text: `${entry.keyText} is another name of ${known.key}`, ...keyPlace(read) });
    }
  },
};

const letterCase: Rule<SipFile> = {
  code: 'parameter-case',
  severity: 'note',
  title: 'Parameter in another letter case',
  consequence: 'Phones are known to read it; no document says that all do.',
  cure: 'Write it as the guide does.',
  check({ entries, text }, report) {
    for (const read of entries) {
      const { known, entry } = read;
      const { keyText } = entry;
      if (!known || known.key.toLowerCase() !== entry.key || known.key === keyText) continue;
      const { line, column } = keyPlace(read);
      const fix = replaceOnLine(text, line, column, keyText.length, known.key);
      report({ text: `${keyText} is written ${known.key}`, line, column, fix });
    }
  },
};

const badValue: Rule<SipFile> = {
  ...badValueWords,
  check({ entries }, report) {
    for (const read of entries) {
      const { known, value, placeholder } = read;
      if (!known || placeholder || isTime(known.key) || isOddlyQuoted(value)) continue;
      const { parameter, key } = known;
      // Names of images have rules of their own.
      if (parameter.type.kind === 'image') continue;
      const wanted = valueProblem(parameter, value);
      if (wanted === undefined) continue;
      const shown = parameter.secret === true ? 'the value' : `"${value}"`;
      report({ text: `${key}: ${shown} should be ${wanted}`, ...valuePlace(read) });
    }
  },
};

/** Told by the rules of syntax. */
function isOddlyQuoted(value: string): boolean {
  return /["“”„‟]/.test(value);
}

/** They have rules of their own, which know more. */
function isTime(key: string): boolean {
  return key === 'time_zone' || key.startsWith('dst_');
}

const placeholderLeft: Rule<SipFile> = {
  ...placeholderWords,
  check({ entries }, report) {
    const left = entries.filter(({ placeholder }) => placeholder);
    const [first] = left;
    if (!first) return;
    const text = placeholderText(left.map(({ entry }) => entry.keyText));
    report({ text, ...valuePlace(first) });
  },
};

const ofPhone: Rule<SipFile> = {
  code: 'phone-parameter-in-default-file',
  severity: 'warning',
  title: 'Parameter of one phone in the file for all',
  consequence: 'Every phone takes it that has none of its own: phones with the same line.',
  cure: 'Put it into SIP<MAC>.cnf.',
  check({ entries, isDefault }, report) {
    if (!isDefault) return;
    for (const read of entries)
      if (read.known?.parameter.place === 'phone' && read.value !== '')
        report({ text: `${read.known.key} belongs in the file of one phone`, ...keyPlace(read) });
  },
};

/** Table 3-3: "Specify this parameter in the phone-specific configuration file", for 2 and 3. */
const fixedByValue = [
  'anonymous_call_block',
  'call_hold_ringback',
  'call_waiting',
  'callerid_blocking',
  'dnd_control',
];

const fixedValue: Rule<SipFile> = {
  code: 'fixed-value-in-default-file',
  severity: 'warning',
  title: 'Value 2 or 3 in the file for all phones',
  consequence: 'No user can change it any more; the guide wants 2 and 3 in the file of one phone.',
  cure: 'Write 0 or 1 here, and 2 or 3 into SIP<MAC>.cnf.',
  check({ byKey, isDefault }, report) {
    if (!isDefault) return;
    for (const key of fixedByValue) {
      const read = byKey.get(key);
      if (read && /^[23]$/.test(read.value))
        report({ text: `${key} is ${read.value} for all phones`, ...valuePlace(read) });
    }
  },
};

const repeated: Rule<SipFile> = {
  code: 'repeated-parameter',
  severity: 'warning',
  title: 'Parameter twice with two values',
  consequence: 'The last one counts, as far as is known.',
  cure: 'Take one of them out.',
  check({ entries }, report) {
    const seen = new Map<string, { readonly value: string; readonly line: number }>();
    for (const read of entries) {
      const key = read.known?.key ?? read.entry.key;
      const before = seen.get(key);
      if (before && before.value !== read.value)
        report({ text: `${key} has another value on line ${before.line}`, ...keyPlace(read) });
      seen.set(key, { value: read.value, line: read.entry.line });
    }
  },
};

/** Cisco SIP IP Phone Administrator Guide, Release 4.4, tables 3-3 and 3-4. */
export const sipParameterRules: readonly Rule<SipFile>[] = [
  unknown,
  alias,
  letterCase,
  badValue,
  placeholderLeft,
  ofPhone,
  fixedValue,
  repeated,
];
