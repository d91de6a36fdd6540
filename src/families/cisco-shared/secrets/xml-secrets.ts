import {
  decodeXmlDocument,
  spliceXml,
  type XmlDocument,
} from '../../../codec/config/xml-document.ts';
import { children, type XmlElement } from '../../../codec/config/xml-element.ts';
import { attributeSplices, spanOf } from '../../../codec/config/xml-splices.ts';
import type { Splice } from '../../../codec/text/splice.ts';
import type { HiddenText } from './cnf-secrets.ts';
import { hiddenLines, secretSettings } from './secret-settings.ts';
import { tellsSecret, withoutUserInfo } from '../../shared/secrets/tells-secret.ts';

type Found = { readonly name: string; readonly splice: Splice };

// What stands between tags and is no text of theirs. In a text and in a value no `<` can stand.
const marks = /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>/g;

/**
 * XML with `instead` in the place of its secrets. With an empty `instead` comments and processing
 * instructions go wherever there is a secret, else where they tell one. Throws a CodecError where it
 * is no XML.
 */
export function hideInXml(text: string, instead: string): HiddenText {
  const document = decodeXmlDocument(text, { fragments: true });
  const inElements = document.roots.flatMap((root) => secretsIn(document, root, instead));
  const told = marksOf(text).filter(({ length, offset }) =>
    secretSettings.areIn(text.slice(offset, offset + length)),
  );
  const names = [...inElements.map(({ name }) => name), ...told.map(() => 'comment')];
  if (names.length === 0) return { text, names };
  const splices = inElements.map(({ splice }) => splice);
  const loose = (instead === '' ? marksOf(text) : told)
    .filter((mark) => !splices.some((splice) => overlap(splice, mark)))
    .map((mark) => ({ ...mark, text: hiddenMark(text, mark, instead) }));
  const hidden = spliceXml(document, [...splices, ...loose]);
  return { text: hidden.text, names: [...new Set(names)] };
}

function secretsIn(document: XmlDocument, element: XmlElement, instead: string): readonly Found[] {
  const { name, attributes } = element;
  const isSecret = secretSettings.has(name) || namesSecret(element);
  const inAttributes = [...attributes.values()].flatMap((attribute) => {
    const hides = isSecret || secretSettings.has(attribute.name);
    const value = hides ? instead : plainValue(attribute.value, instead);
    if (attribute.value === '' || isLabel(attribute.name)) return [];
    return attributeSplices(document, element, attribute.name, value).map((splice) => ({
      ...{ name: attribute.name, splice },
    }));
  });
  const inContent = isSecret ? wholeContent(document, element, instead) : undefined;
  if (inContent) return [...inAttributes, ...inContent];
  const inside = children(element);
  if (inside.length === 0) return [...inAttributes, ...textSecrets(document, element, instead)];
  return [...inAttributes, ...inside.flatMap((each) => secretsIn(document, each, instead))];
}

/** `<setting name="adminPassword" value="…"/>` */
function namesSecret({ attributes }: XmlElement): boolean {
  return [...attributes.values()].some(
    ({ name, value }) => isLabel(name) && !/\s/.test(value) && secretSettings.has(value),
  );
}

function isLabel(attribute: string): boolean {
  return /^(name|key|id)$/i.test(attribute);
}

function wholeContent(
  document: XmlDocument,
  element: XmlElement,
  instead: string,
): readonly Found[] {
  const { contentStart: offset, contentEnd } = spanOf(document, element);
  const content = document.text.slice(offset, contentEnd);
  if (content.trim() === '') return [];
  const text = hiddenLines(content, instead);
  return [{ name: element.name, splice: { offset, length: content.length, text } }];
}

/** Of an element that is no secret itself, but says one. */
function textSecrets(
  document: XmlDocument,
  element: XmlElement,
  instead: string,
): readonly Found[] {
  const { contentStart, contentEnd } = spanOf(document, element);
  const content = document.text.slice(contentStart, contentEnd).replace(/<!--[^]*?-->/g, '');
  if (plainValue(content, instead) === content) return [];
  return wholeContent(document, element, instead);
}

function plainValue(value: string, instead: string): string {
  return tellsSecret(value) ? instead : withoutUserInfo(value, instead);
}

/** Comments and processing instructions; not the declaration at the start. */
function marksOf(text: string): readonly Omit<Splice, 'text'>[] {
  return [...text.matchAll(marks)].flatMap(({ 0: mark, index: offset }) => {
    const stays = mark.startsWith('<![CDATA[') || /^<\?xml\s/i.test(mark);
    return stays ? [] : [{ offset, length: mark.length }];
  });
}

function overlap(one: Omit<Splice, 'text'>, other: Omit<Splice, 'text'>): boolean {
  return one.offset < other.offset + other.length && other.offset < one.offset + one.length;
}

function hiddenMark(text: string, { offset, length }: Omit<Splice, 'text'>, instead: string) {
  if (instead === '') return '';
  const lines =
    text
      .slice(offset, offset + length)
      .match(/\n/g)
      ?.join('') ?? '';
  return `<!-- ${instead} -->${lines}`;
}
