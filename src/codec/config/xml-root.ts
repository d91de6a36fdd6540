import { byteOrderMark } from '../text/place.ts';
import { ifReadable } from '../../wire/if-readable.ts';
import { endOfName, isBlankCode } from './xml-characters.ts';
import { endOfMark } from './xml-marks.ts';

/** The name of the first element, even where what follows is no XML. */
export function rootNameOf(text: string): string | undefined {
  let at = text.startsWith(byteOrderMark) ? 1 : 0;
  for (;;) {
    while (at < text.length && isBlankCode(text.charCodeAt(at))) at++;
    if (text.charAt(at) !== '<') return undefined;
    if (!/^[!?]$/.test(text.charAt(at + 1))) break;
    const end = endOfProlog(text, at);
    if (end === undefined) return undefined;
    at = end;
  }
  const end = endOfName(text, at + 1);
  return end > at + 1 ? text.slice(at + 1, end) : undefined;
}

/** Behind a comment, an instruction or a declaration, right or wrong. */
function endOfProlog(text: string, start: number): number | undefined {
  if (text.startsWith('<?xml', start)) {
    const end = text.indexOf('?>', start);
    return end < 0 ? undefined : end + 2;
  }
  return ifReadable(() => endOfMark(text, start));
}
