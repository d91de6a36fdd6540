// XML 1.0 section 2.2 [2] Char and section 2.3 [4] NameStartChar, [4a] NameChar.
const noCharacter = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const nameStart =
  ':A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D' +
  '\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const name = `[${nameStart}][${nameStart}\\-.0-9\\xB7\\u0300-\\u036F\\u203F\\u2040]*`;
const wholeName = new RegExp(`^${name}$`, 'u');

const asciiName = codesOf(/[:A-Z_a-z0-9.-]/);
const plainText = codesOf(/[\t\n\x20-\x25\x27-\x3b\x3d-\x5c\x5e-\x7f]/);
const blanks = codesOf(/[\t\n\r ]/);

function codesOf(pattern: RegExp): Uint8Array {
  const codes = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
  return Uint8Array.from(codes, (character) => (pattern.test(character) ? 1 : 0));
}

export function isBlankCode(code: number): boolean {
  return blanks[code] === 1;
}

/** Not `<`, `&`, `]` or a carriage return, and no unit that has to be looked at closely. */
export function isPlainCode(code: number): boolean {
  return code < 128 ? plainText[code] === 1 : code < 0xd800;
}

/** Where the name that begins at `start` ends; `start` itself where none begins. */
export function endOfName(text: string, start: number): number {
  let at = start;
  while (at < text.length && asciiName[text.charCodeAt(at)] === 1) at++;
  if (at === text.length || text.charCodeAt(at) < 128) {
    const first = text.charCodeAt(start);
    // A digit, a hyphen or a dot begins none; between their codes lies no other part of a name.
    return first >= 0x2d && first <= 0x39 ? start : at;
  }
  const anyName = new RegExp(name, 'uy');
  anyName.lastIndex = start;
  return start + (anyName.exec(text)?.[0].length ?? 0);
}

export function isXmlName(text: string): boolean {
  return wholeName.test(text);
}

/** The first character that XML 1.0 does not have. */
export function badCharacter(text: string): { at: number; character: string } | undefined {
  const found = noCharacter.exec(text);
  return found === null ? undefined : { at: found.index, character: found[0] };
}
