import type { Place } from '../text/place.ts';
import type { XmlElement, XmlText } from './xml-element.ts';
import { cdataContentStart, isCdata } from './xml-marks.ts';
import { decodeText } from './xml-text.ts';

/** Text between two marks of an element, and how many elements stand before it in there. */
export type TextPiece = { readonly before: number; readonly start: number; readonly end: number };

/**
 * The elements with the texts between them; pieces that only a comment parts are one text. Blanks
 * between elements are left out where there is no other text.
 */
export function mixedContent(
  text: string,
  elements: readonly XmlElement[],
  pieces: readonly TextPiece[],
  placeAt: (offset: number) => Place,
): readonly (XmlElement | XmlText)[] {
  const mixed: (XmlElement | XmlText)[] = [];
  let next = 0;
  for (let before = 0; before <= elements.length; before++) {
    const first = next;
    while (pieces[next]?.before === before) next++;
    mixed.push(...textOf(text, pieces.slice(first, next), placeAt));
    const element = elements[before];
    if (element) mixed.push(element);
  }
  const hasText = mixed.some((node) => node.kind === 'text' && /[^ \t\r\n]/.test(node.text));
  return hasText || elements.length === 0 ? mixed : elements;
}

function textOf(
  text: string,
  pieces: readonly TextPiece[],
  placeAt: (offset: number) => Place,
): readonly XmlText[] {
  const contents = pieces.map(({ start, end }) => contentOf(text, start, end));
  const said = contents.map(({ said: part }) => part).join('');
  if (said === '') return [];
  const words = contents.map(({ start, raw }) => start + raw.search(/[^ \t\r\n]|$/));
  const at = words.find((word, index) => word < (pieces[index]?.end ?? 0)) ?? words[0] ?? 0;
  return [{ kind: 'text', text: said, ...placeAt(at) }];
}

type Content = { readonly start: number; readonly raw: string; readonly said: string };

function contentOf(text: string, pieceStart: number, pieceEnd: number): Content {
  if (!isCdata(text, pieceStart)) {
    const raw = text.slice(pieceStart, pieceEnd);
    return { start: pieceStart, raw, said: decodeText(raw) };
  }
  const start = cdataContentStart(pieceStart);
  const raw = text.slice(start, pieceEnd - 3);
  return { start, raw, said: raw.replace(/\r\n?/g, '\n') };
}
