/**
 * Text of strangers, such as names in packages, without what a terminal would obey or hide: controls,
 * marks that turn the direction, halves of characters.
 */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
