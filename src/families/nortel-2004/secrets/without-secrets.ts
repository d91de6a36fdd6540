import { encodeKeywordLine, type KeywordLine } from '../../../codec/config/keyword-line.ts';
import { decodeByteText, encodeByteText } from '../../../codec/text/byte-text.ts';
import type { HiddenSecrets } from '../../../model/hidden-secrets.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import { tellsSecret, withoutUserInfo } from '../../shared/secrets/tells-secret.ts';
import { decodeText } from '../formats/decode-text.ts';
import { mayTell, namedRole, nortelFile } from '../formats/file-role.ts';
import { secretSettings } from './secret-settings.ts';

const unread: HiddenSecrets = { kind: 'unread' };

/**
 * Files of Nortel phones without their secrets. The 2004 has none, but the same files of later
 * phones do. Images and language files hold none and are not looked into.
 */
export function withoutSecrets(path: string, bytes: Uint8Array, instead: string): HiddenSecrets {
  try {
    const name = path.split('/').findLast((part) => part !== '' && part !== '.') ?? '';
    if (!namedRole(name) && !mayTell(name, bytes.length)) return unread;
    const { text, encoding } = decodeByteText(bytes);
    const file = nortelFile(name, () => text);
    const read = file && !text.includes('\0') ? decodeText(file, text) : undefined;
    if (!read) return unread;
    const names = [...new Set(read.lines.flatMap(secretsOf))];
    if (names.length === 0) return { kind: 'read', bytes, names };
    const lines = read.lines.map((line) => hidden(line, instead)).join('');
    const written = encodeByteText({ text: (read.bom ? '\uFEFF' : '') + lines, encoding });
    return { kind: 'read', bytes: written, names };
  } catch (error) {
    if (error instanceof CodecError) return unread;
    throw error;
  }
}

function secretsOf(line: KeywordLine): readonly string[] {
  if (line.kind === 'blank') return [];
  if (line.kind === 'section')
    return secretSettings.areIn(encodeKeywordLine(line)) ? ['section'] : [];
  if (line.kind !== 'entry') return secretSettings.areIn(line.text) ? [line.kind] : [];
  const { key, keyText, value, tail } = line;
  const isSecret = secretSettings.has(key) && value + tail.trim() !== '';
  const tells = tellsSecret(value) || secretSettings.areIn(value) || hasUserInfo(value);
  return [
    ...(isSecret || tells ? [keyText] : []),
    ...(secretSettings.areIn(tail) ? ['comment'] : []),
  ];
}

function hasUserInfo(value: string): boolean {
  return withoutUserInfo(value, '') !== value;
}

function hidden(line: KeywordLine, instead: string): string {
  if (line.kind === 'section') return encodeKeywordLine({ ...line, tail: '' });
  if (line.kind === 'entry') {
    const { key, value, tail } = line;
    const keepsTail = instead !== '' && !secretSettings.areIn(tail) && !secretSettings.has(key);
    const kept = { ...line, tail: keepsTail ? tail : '' };
    const isSecret = secretSettings.has(key) ? value !== '' : false;
    if (isSecret || tellsSecret(value) || secretSettings.areIn(value))
      return encodeKeywordLine({ ...kept, value: instead });
    return encodeKeywordLine({ ...kept, value: withoutUserInfo(value, instead) });
  }
  const { kind, text, end } = line;
  if (kind === 'blank' || (instead !== '' && !secretSettings.areIn(text))) return text + end;
  return `${`${kind === 'comment' ? '#' : ''}${instead && ` ${instead}`}`.trim()}${end}`;
}
