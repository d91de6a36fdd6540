import { decodeRingList } from '../../../../codec/config/ring-list.ts';
import { child, children, textOf, type XmlElement } from '../../../../codec/config/xml.ts';
import type { CodecNote } from '../../../../codec/codec-note.ts';
import type { Place } from '../../../../codec/text/place.ts';

export type RingEntry = { readonly name: string; readonly file: string } & Place;

/** A ring list of either form. */
export type RingSubject = {
  readonly rings: readonly RingEntry[];
  readonly notes: readonly CodecNote[];
};

/** `RINGLIST.DAT` */
export function ringsOfText(text: string): RingSubject {
  return decodeRingList(text);
}

/** `Ringlist.xml` */
export function ringsOfXml(root: XmlElement): RingSubject {
  const rings = children(root, 'Ring').map((ring) => ({
    name: textOf(child(ring, 'DisplayName')),
    file: textOf(child(ring, 'FileName')),
    line: ring.line,
    column: ring.column,
  }));
  return { rings, notes: [] };
}
