import type { CodecNote } from '../codec-note.ts';
import { faultAt, type Place, unwritable } from '../text/place.ts';
import { insertElement, removeElement, setAttribute, type XmlDocument } from './xml-document.ts';
import { attributeOf, children, decodeXml, element, encodeXml, type XmlElement } from './xml.ts';

/** Further attributes of a template, in the spelling that is written. */
const otherAttributes = ['LINE', 'USER', 'REWRITE', 'ROUTE', 'TONE'] as const;
export type DialAttribute = (typeof otherAttributes)[number];

export type DialTemplate = {
  /** Digits and wild cards, e.g. `9,011*`. */
  readonly match: string;
  /** Seconds from the last digit until the phone dials. */
  readonly timeout: number;
  readonly attributes?: Readonly<Partial<Record<DialAttribute, string>>>;
};

export type Dialplan = {
  readonly templates: readonly (DialTemplate & Place)[];
  readonly notes: readonly CodecNote[];
};

/** As in the phones' own parser, which Cisco published as sipcc. */
const maxBytes = 0x2000;
const maxPattern = 196;
/** Seconds that phones wait where the template does not say. */
const defaultTimeout = 10;

/**
 * `dialplan.xml`: `<DIALTEMPLATE><TEMPLATE MATCH="…" TIMEOUT="…"/>…`. Names of attributes are read
 * in any letter case. Throws a CodecError where it is no XML or another document; phones use their
 * built-in plan then. Cisco SIP IP Phone Administrator Guide, "Creating Dial Plans".
 */
export function decodeDialplan(text: string): Dialplan {
  const root = decodeXml(text);
  if (root.name.toLowerCase() !== 'dialtemplate')
    throw faultAt(text, root, '<DIALTEMPLATE>', `<${root.name}>`);
  const notes: CodecNote[] = [];
  const templates = children(root).flatMap((node) => {
    const template = node.name === 'TEMPLATE' ? templateOf(node, notes) : undefined;
    if (template === undefined && node.name !== 'versionStamp')
      notes.push(noteAt(node, 'no-template', `<${node.name}> is no template with MATCH`));
    return template ?? [];
  });
  return { templates, notes };
}

/** Throws a CodecError for what phones do not take: file over 8 KB, pattern over 196 characters. */
export function encodeDialplan(templates: readonly DialTemplate[]): string {
  const nodes = templates.map((template) => element('TEMPLATE', attributesOf(template)));
  const text = encodeXml(element('DIALTEMPLATE', {}, nodes), { selfClosing: true });
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) throw unwritable('dial plan', `up to ${maxBytes} bytes`, `${bytes}`);
  return text;
}

/** Adds a template as the last one. */
export function addTemplate(document: XmlDocument, template: DialTemplate): XmlDocument {
  const node = element('TEMPLATE', attributesOf(template));
  return insertElement(document, document.root, node, { selfClosing: true });
}

/** Changes the template with this index, from 0; attributes keep the letter case that they have. */
export function setTemplate(
  document: XmlDocument,
  index: number,
  template: DialTemplate,
): XmlDocument {
  const wanted: Readonly<Record<string, string | undefined>> = attributesOf(template);
  const known = ['MATCH', 'TIMEOUT', ...otherAttributes];
  return known.reduce((before, name) => {
    const node = templateAt(before, index);
    const written = attributeOf(node, name)?.name ?? name;
    return setAttribute(before, node, written, wanted[name]);
  }, document);
}

export function removeTemplate(document: XmlDocument, index: number): XmlDocument {
  return removeElement(document, templateAt(document, index));
}

function templateAt({ root }: XmlDocument, index: number): XmlElement {
  const node = children(root, 'TEMPLATE')[index];
  if (node === undefined) throw unwritable('template', 'the index of a template', `${index}`);
  return node;
}

function attributesOf({ match, timeout, attributes = {} }: DialTemplate): Record<string, string> {
  if (match.length > maxPattern) throw unwritable('MATCH', `up to ${maxPattern} long`, match);
  if (!Number.isInteger(timeout) || timeout < 0)
    throw unwritable('TIMEOUT', 'whole seconds', `${timeout}`);
  return { MATCH: match, TIMEOUT: `${timeout}`, ...attributes };
}

function templateOf(node: XmlElement, notes: CodecNote[]): (DialTemplate & Place) | undefined {
  const match = attributeOf(node, 'MATCH')?.value;
  if (match === undefined) return undefined;
  const written = attributeOf(node, 'TIMEOUT');
  const seconds = /^\s*(\d{1,9})\s*$/.exec(written?.value ?? '')?.[1];
  if (seconds === undefined)
    notes.push(noteAt(written ?? node, 'no-timeout', 'TIMEOUT is not a number of seconds'));
  const known: readonly string[] = ['MATCH', 'TIMEOUT', ...otherAttributes];
  for (const attribute of node.attributes.values())
    if (!known.includes(attribute.name.toUpperCase()))
      notes.push(noteAt(attribute, 'unknown-attribute', `${attribute.name} is not known`));
  const attributes = Object.fromEntries(
    otherAttributes.flatMap((name) => {
      const value = attributeOf(node, name)?.value;
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const timeout = seconds === undefined ? defaultTimeout : Number(seconds);
  const template = { match, timeout, line: node.line, column: node.column };
  return Object.keys(attributes).length > 0 ? { ...template, attributes } : template;
}

function noteAt({ line, column }: Place, code: string, text: string): CodecNote {
  return { code, text, line, column };
}
