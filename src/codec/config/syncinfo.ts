import { faultAt, type Place, unwritable } from '../text/place.ts';
import { decodeXmlDocument, setAttribute, type XmlDocument } from './xml-document.ts';
import { attributeOf, children, element, encodeXml, type XmlElement } from './xml.ts';

export type SyncImage = {
  /** Image name, or `*` for all. */
  readonly version: string;
  /** Phones restart when it differs from their parameter `sync`; a text, up to 32 characters. */
  readonly sync: string;
};

/**
 * `syncinfo.xml`, which phones fetch on `NOTIFY` with `Event: check-sync`. Cisco SIP IP Phone
 * Administrator Guide, "Performing an Image Upgrade and Remote Reboot", where `<IMAGE …/>` stands
 * alone; that is read too, and several of them. Throws a CodecError where it is no XML or another
 * document.
 */
export function decodeSyncinfo(text: string): readonly (SyncImage & Place)[] {
  return imageElements(decodeSyncinfoDocument(text)).map((node) => imageOf(node, text));
}

/** For changes; what is not changed keeps its bytes. */
export function decodeSyncinfoDocument(text: string): XmlDocument {
  const document = decodeXmlDocument(text, { fragments: true });
  const wrong = document.roots.find(
    (root, index) => !(isNamed(root, 'IMAGE') || (index === 0 && isNamed(root, 'SYNCINFO'))),
  );
  if (wrong) throw faultAt(text, wrong, '<SYNCINFO>', `<${wrong.name}>`);
  return document;
}

/** Sets the SYNC of each line with this VERSION; there has to be one. */
export function setSync(document: XmlDocument, { version, sync }: SyncImage): XmlDocument {
  checkSync(sync);
  const chosen = imageElements(document).flatMap((node, index) =>
    attributeOf(node, 'VERSION')?.value === version ? index : [],
  );
  if (chosen.length === 0) throw unwritable('VERSION', 'one of the file', version);
  return chosen.reduce((before, index) => {
    const node = imageElements(before)[index];
    if (node === undefined) return before;
    return setAttribute(before, node, attributeOf(node, 'SYNC')?.name ?? 'SYNC', sync);
  }, document);
}

/** Throws a CodecError for a SYNC that no phone's `sync` can equal. */
export function encodeSyncinfo(images: readonly SyncImage[]): string {
  const nodes = images.map(({ version, sync }) => {
    if (version === '') throw unwritable('VERSION', 'an image name or *', version);
    checkSync(sync);
    return element('IMAGE', { VERSION: version, SYNC: sync });
  });
  return encodeXml(element('SYNCINFO', {}, nodes), { selfClosing: true });
}

function imageElements({ roots }: XmlDocument): readonly XmlElement[] {
  const nodes = roots.flatMap((root) => (isNamed(root, 'SYNCINFO') ? children(root) : root));
  return nodes.filter((node) => isNamed(node, 'IMAGE'));
}

function checkSync(sync: string): void {
  if (!/^[\x20-\x7e]{1,32}$/.test(sync)) throw unwritable('SYNC', '1 to 32 characters', sync);
}

function imageOf(node: XmlElement, text: string): SyncImage & Place {
  const version = attributeOf(node, 'VERSION')?.value;
  const sync = attributeOf(node, 'SYNC')?.value;
  if (version === undefined || sync === undefined)
    throw faultAt(text, node, 'VERSION and SYNC', [...node.attributes.keys()].join() || 'neither');
  return { version, sync, line: node.line, column: node.column };
}

function isNamed(node: XmlElement, name: string): boolean {
  return node.name.toUpperCase() === name;
}
