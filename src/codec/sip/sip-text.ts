/**
 * Small readers of the grammar in RFC 3261 section 25.1. Text is Latin-1; all take a time that grows
 * with its length only.
 */

const token = /^[A-Za-z0-9\-.!%*_+`'~]+$/;

export function isToken(text: string): boolean {
  return token.test(text);
}

/** Without blanks at its ends; `trim` would take bytes of letters too, as the last one of `à`. */
export function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text[start])) start++;
  while (end > start && isBlank(text[end - 1])) end--;
  return text.slice(start, end);
}

function isBlank(letter: string | undefined): boolean {
  return letter === ' ' || letter === '\t';
}

/** For an error's `actual`. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** What people read: the bytes as UTF-8. */
export function utf8Text(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}

/** The way back: what people write, one character per byte of its UTF-8. */
export function latin1Text(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/**
 * The parts between separators that stand outside quotes and, unless `intoAngles`, outside angle
 * brackets. Parts keep their blanks. A quote that is not closed reaches to the end.
 */
export function splitOutside(text: string, separator: string, intoAngles = false): string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  let isInAngles = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (isQuoted) {
      if (letter === '\\') at++;
      else if (letter === '"') isQuoted = false;
    } else if (letter === '"') isQuoted = true;
    else if (letter === '<' && !intoAngles) isInAngles = true;
    else if (letter === '>') isInAngles = false;
    else if (letter === separator && !isInAngles) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** Where the quoted string that begins at `start` ends: behind its closing quote; -1 if it does not. */
export function quotedEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
}

/** `"a \"b\""` without its quotes and escapes; other text as it is. */
export function unquoted(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text.slice(1, -1).replace(/\\([\s\S])/g, '$1');
}

export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** `;name=value` pairs: names in lower case, values as written; a flag's value is undefined. */
export type SipParameters = ReadonlyMap<string, string | undefined>;

/**
 * Pairs between semicolons; text before the first one is no pair. The first of a name counts, and
 * empty ones are passed over: `parameterFault` tells them.
 */
export function readParameters(text: string): SipParameters {
  const found = new Map<string, string | undefined>();
  for (const part of splitOutside(text, ';').slice(1)) {
    const equals = part.indexOf('=');
    const name = trimmed(equals < 0 ? part : part.slice(0, equals)).toLowerCase();
    if (name === '' || found.has(name)) continue;
    found.set(name, equals < 0 ? undefined : trimmed(part.slice(equals + 1)));
  }
  return found;
}

/** What is wrong with parameters that `readParameters` took leniently. */
export function parameterFault(text: string): string | undefined {
  const names = new Set<string>();
  for (const part of splitOutside(text, ';').slice(1)) {
    const equals = part.indexOf('=');
    const name = trimmed(equals < 0 ? part : part.slice(0, equals)).toLowerCase();
    if (name === '') return 'a parameter without name';
    if (!isToken(name)) return `a parameter ${shown(name)}`;
    if (names.has(name)) return `the parameter ${name} twice`;
    if (equals >= 0 && trimmed(part.slice(equals + 1)) === '') return `${name} without value`;
    names.add(name);
  }
  return undefined;
}

export function parametersText(parameters: SipParameters): string {
  return [...parameters]
    .map(([name, value]) => (value === undefined ? `;${name}` : `;${name}=${value}`))
    .join('');
}
