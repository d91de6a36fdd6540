import { faultAt, type Place, unwritable } from '../text/place.ts';
import { attributeOf, children, decodeXml, element, encodeXml, type XmlElement } from './xml.ts';

export type SyncImage = {
  /** Image name, or `*` for all. */
  readonly version: string;
  /** Phones restart when it differs from their parameter `sync`; a text, up to 32 characters. */
  readonly sync: string;
};

/**
 * `syncinfo.xml`, which phones fetch on `NOTIFY` with `Event: check-sync`. Cisco SIP IP Phone
 * Administrator Guide, "Performing an Image Upgrade and Remote Reboot", where `<IMAGE …/>` stands
 * alone; that is read too. Throws a CodecError where it is no XML or another document.
 */
export function decodeSyncinfo(text: string): readonly (SyncImage & Place)[] {
  const root = decodeXml(text);
  if (isNamed(root, 'IMAGE')) return [imageOf(root, text)];
  if (!isNamed(root, 'SYNCINFO')) throw faultAt(text, root, '<SYNCINFO>', `<${root.name}>`);
  return children(root)
    .filter((node) => isNamed(node, 'IMAGE'))
    .map((node) => imageOf(node, text));
}

/** Throws a CodecError for a SYNC that no phone's `sync` can equal. */
export function encodeSyncinfo(images: readonly SyncImage[]): string {
  const nodes = images.map(({ version, sync }) => {
    if (version === '') throw unwritable('VERSION', 'an image name or *', version);
    if (!/^[\x20-\x7e]{1,32}$/.test(sync)) throw unwritable('SYNC', '1 to 32 characters', sync);
    return element('IMAGE', { VERSION: version, SYNC: sync });
  });
  return encodeXml(element('SYNCINFO', {}, nodes), { selfClosing: true });
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
