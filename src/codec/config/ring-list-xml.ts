import type { CodecNote } from '../codec-note.ts';
import { faultAt, type Place, unwritable } from '../text/place.ts';
import type { Ring, RingList } from './ring-list.ts';
import { insertElement, removeElement, type XmlDocument } from './xml-document.ts';
import { child, children, decodeXml, element, encodeXml, textOf, type XmlElement } from './xml.ts';

/** Rings that a phone shows, and characters of their names, at most. */
const maxRings = 50;
const maxName = 25;

/**
 * `Ringlist.xml` and `DistinctiveRingList.xml` of the Java phones: `<Ring>` with `<DisplayName>` and
 * `<FileName>`. Throws a CodecError where it is no XML or another document. Limits after
 * usecallmanager.nz, "Ring Tones".
 */
export function decodeXmlRingList(text: string): RingList {
  const root = decodeXml(text);
  if (root.name !== 'CiscoIPPhoneRingList')
    throw faultAt(text, root, '<CiscoIPPhoneRingList>', `<${root.name}>`);
  const notes: CodecNote[] = [];
  const rings = children(root).flatMap((node) => ringOf(node, notes) ?? []);
  const more = rings[maxRings];
  if (more) notes.push(noteAt(more, 'too-many-rings', `phones show ${maxRings} rings at most`));
  return { rings, notes: notes.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}

/** Throws a CodecError for more rings and longer names than phones take. */
export function encodeXmlRingList(rings: readonly Ring[]): string {
  if (rings.length > maxRings)
    throw unwritable('ring list', `${maxRings} rings`, `${rings.length}`);
  return encodeXml(element('CiscoIPPhoneRingList', {}, rings.map(ringElement)));
}

/** Adds a ring as the last one. */
export function addRing(document: XmlDocument, ring: Ring): XmlDocument {
  return insertElement(document, document.root, ringElement(ring));
}

/** Takes away the ring with this index, from 0. */
export function removeRing(document: XmlDocument, index: number): XmlDocument {
  const ring = children(document.root, 'Ring')[index];
  if (ring === undefined) throw unwritable('ring', 'the index of a ring', `${index}`);
  return removeElement(document, ring);
}

function ringElement({ name, file }: Ring): XmlElement {
  if (name === '' || name !== name.trim() || name.length > maxName || /[\x00-\x1f\x7f]/.test(name))
    throw unwritable('name of a ring', `1 to ${maxName} characters on one line`, name);
  if (!/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/.test(file))
    throw unwritable('file of a ring', 'a path without blanks', file);
  return element('Ring', {}, [element('DisplayName', {}, name), element('FileName', {}, file)]);
}

function ringOf(node: XmlElement, notes: CodecNote[]): (Ring & Place) | undefined {
  const name = textOf(child(node, 'DisplayName'));
  const file = textOf(child(node, 'FileName'));
  if (node.name !== 'Ring' || name === '' || file === '') {
    notes.push(noteAt(node, 'no-ring', `<${node.name}> is no ring with name and file`));
    return undefined;
  }
  const [beside] = node.children.filter((each) => each.kind === 'text' && each.text.trim() !== '');
  if (beside) notes.push(noteAt(beside, 'text-beside-elements', 'text that belongs to no element'));
  if (name.length > maxName)
    notes.push(noteAt(node, 'long-name', `names have ${maxName} characters at most`));
  return { name, file, line: node.line, column: node.column };
}

function noteAt({ line, column }: Place, code: string, text: string): CodecNote {
  return { code, text, line, column };
}
