import type { CodecError } from '../../wire/codec-error.ts';
import { faultAtOffset, placesIn, quoted } from '../text/place.ts';
import { badCharacter, isPlainCode } from './xml-characters.ts';

const meanings: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const less = 0x3c;

export function xmlFault(
  text: string,
  offset: number,
  claimed: string,
  actual?: string,
): CodecError {
  const here = text.codePointAt(offset);
  const there = here === undefined ? 'the end of the text' : quoted(String.fromCodePoint(here));
  return faultAtOffset(placesIn(text)(offset), offset, claimed, actual ?? there);
}

/** Where the text that begins at `start` ends: at a `<` or at the end. Throws for what is no text. */
export function endOfText(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isPlainCode(code)) continue;
    if (code === less) return at;
    at = lastOfSpecial(text, at);
  }
  return text.length;
}

/** Throws for characters that XML 1.0 does not have. */
export function checkCharacters(text: string, start: number, end: number): void {
  const bad = badCharacter(text.slice(start, end));
  if (bad === undefined) return;
  const code = bad.character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  throw xmlFault(text, start + bad.at, 'a character of XML 1.0', `U+${code}`);
}

/** What the text says: references put in, line ends as line feeds. */
export function decodeText(raw: string): string {
  const lines = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  return lines.includes('&') ? withoutReferences(lines) : lines;
}

/** What the value between two quotes says. Throws for what is no value. */
export function decodeAttribute(text: string, start: number, end: number): string {
  const raw = text.slice(start, end);
  if (!/[^\x20-\x25\x27-\x3b\x3d-\x7e]/.test(raw)) return raw;
  for (let at = raw.search(/[<&]/); at >= 0 && at < raw.length; at++) {
    if (raw.charCodeAt(at) === less)
      throw xmlFault(text, start + at, 'no < in a value; is its quote closed?');
    if (raw.charAt(at) === '&') at = endOfReference(text, start + at) - start;
  }
  checkCharacters(text, start, end);
  return withoutReferences(raw.replace(/\r\n|[\t\r\n]/g, ' '));
}

/** Writes the characters that `special` matches as references. */
export function encodeText(text: string, special: RegExp): string {
  return text.replace(special, (each) => references[each] ?? `&#${each.charCodeAt(0)};`);
}

function lastOfSpecial(text: string, at: number): number {
  switch (text.charAt(at)) {
    case '&':
      return endOfReference(text, at);
    case '\r':
      return at;
    case ']':
      if (text.startsWith(']]>', at)) throw xmlFault(text, at, 'no ]]> in a text', '"]]>"');
      return at;
    default: {
      const end = at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
      checkCharacters(text, at, end);
      return end - 1;
    }
  }
}

/** The offset of its semicolon. */
function endOfReference(text: string, at: number): number {
  const end = text.indexOf(';', at);
  // The longest is &#x0010FFFF; and some zeros; nothing else is looked through for a semicolon.
  const name = /^#?\w{0,40}/.exec(text.slice(at + 1, at + 42))?.[0] ?? '';
  const isClosed = end === at + 1 + name.length;
  if (isClosed && meaningOf(name) !== undefined) return end;
  // Without a semicolon this may be a part of a password.
  const actual = isClosed ? quoted(`&${name};`) : '& alone';
  throw xmlFault(text, at, '&amp; &lt; &gt; &quot; &apos; or &#number;', actual);
}

function meaningOf(name: string): string | undefined {
  if (!name.startsWith('#')) return meanings.get(name);
  const [, hex, decimal] = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name) ?? [];
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  if (!(code <= 0x10ffff)) return undefined;
  const character = String.fromCodePoint(code);
  return badCharacter(character) === undefined ? character : undefined;
}

function withoutReferences(text: string): string {
  return text.replace(/&([^;]*);/g, (_, name: string) => meaningOf(name) ?? '');
}
