import {
  type CnfEntry,
  type CnfLine,
  type CnfOther,
  decodeCnf,
} from '../../../codec/config/cnf.ts';
import { encodeCnfLine } from '../../../codec/config/cnf-line.ts';
import { secretSettings } from './secret-settings.ts';
import { tellsSecret, withoutUserInfo } from '../../shared/secrets/tells-secret.ts';

/** A text without its secrets, and the names of what was hidden. */
export type HiddenText = { readonly text: string; readonly names: readonly string[] };

/**
 * A `.cnf` file with `instead` in the place of its secrets. Phones do not read comments and lines
 * that are no setting, but people do: with an empty `instead` they are emptied wherever the file
 * has a secret, else where they tell one.
 */
export function hideInCnf(text: string, instead: string): HiddenText {
  const { bom, lines } = decodeCnf(text);
  const names = [...new Set(lines.flatMap(secretsOf))];
  if (names.length === 0) return { text, names };
  const hidden = lines.map((line) => encodeCnfLine(hideInLine(line, instead)));
  return { text: (bom ? '\uFEFF' : '') + hidden.join(''), names };
}

function secretsOf(line: CnfLine): readonly string[] {
  if (line.kind === 'blank') return [];
  if (line.kind !== 'entry') return secretSettings.areIn(line.text) ? [line.kind] : [];
  const { keyText, valueText, tail } = line;
  if (!isKey(keyText)) return secretSettings.areIn(encodeCnfLine(line)) ? ['unreadable'] : [];
  const isSecret = secretSettings.has(line.key) ? valueText.trim() + tail.trim() !== '' : false;
  const tells = tellsSecret(valueText) || withoutUserInfo(valueText, '') !== valueText;
  return [
    ...(isSecret || tells ? [keyText] : []),
    ...(secretSettings.areIn(tail) ? ['comment'] : []),
  ];
}

/** What only looks like one may be half of a secret: `line1_password=half:half`. */
function isKey(keyText: string): boolean {
  return /^[\w.-]+$/.test(keyText);
}

function hideInLine(line: CnfLine, instead: string): CnfLine {
  if (line.kind !== 'entry') return hideInOther(line, instead);
  if (isKey(line.keyText)) return hideInEntry(line, instead);
  const { line: number, end } = line;
  const text = encodeCnfLine({ ...line, end: '' });
  return hideInOther({ kind: 'unreadable', line: number, text, end }, instead);
}

function hideInEntry(entry: CnfEntry, instead: string): CnfEntry {
  const { key, valueText, tail } = entry;
  const isBare = instead === '';
  const keepsTail = !isBare && !secretSettings.areIn(tail) && !secretSettings.has(key);
  const kept = { ...entry, tail: keepsTail ? tail : '' };
  if (tellsSecret(valueText) || (secretSettings.has(key) && valueText.trim() !== ''))
    return { ...kept, quote: 'straight', open: '"', close: '"', valueText: instead };
  return { ...kept, valueText: withoutUserInfo(valueText, instead) };
}

function hideInOther(line: CnfOther, instead: string): CnfOther {
  const { kind, text } = line;
  if (kind === 'blank' || (instead !== '' && !secretSettings.areIn(text))) return line;
  const sign = kind === 'comment' ? text.trimStart().charAt(0) : '';
  return { ...line, text: `${sign}${instead && ` ${instead}`}`.trim() };
}
