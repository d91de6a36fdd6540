import { TextCursor } from '../text/text-cursor.ts';

/**
 * VLANs that a phone tries for voice, the first one first; none where it is to use none. IP Phones
 * Fundamentals, `802.1Q configuration`: VLAN auto discovery.
 */
export type NortelVlans = {
  /** 0 to 4095, at most ten. */
  readonly ids: readonly number[];
  /** The first one; the phone takes both. */
  readonly separator: '+' | ',';
  /** The string ends with a NUL. */
  readonly nul: boolean;
};

const mostIds = 10;
const highestId = 4095;

/**
 * Reads `VLAN-A:100+200.`, `VLAN-A:100,200.` and `VLAN-A:NONE.`. Throws CodecError with the place of
 * the first character that is wrong.
 */
export function parseNortelVlans(text: string): NortelVlans {
  const cursor = new TextCursor(text, 'VLAN string');
  cursor.match(/VLAN-A:/y, 'VLAN-A:');
  if (cursor.take('NONE')) return { ids: [], separator: '+', nul: readEnd(cursor) };
  const ids = [cursor.number('a VLAN', 4, highestId)];
  const separator = cursor.at(',') ? ',' : '+';
  while (cursor.take('+') || cursor.take(',')) {
    if (ids.length === mostIds) cursor.fail(`at most ${mostIds} VLANs`);
    ids.push(cursor.number('a VLAN', 4, highestId));
  }
  return { ids, separator, nul: readEnd(cursor) };
}

/** Throws CodecError for what `parseNortelVlans` would not read. */
export function serializeNortelVlans({ ids, separator, nul }: NortelVlans): string {
  const list = ids.length === 0 ? 'NONE' : ids.join(separator);
  const text = `VLAN-A:${list}.${nul ? '\0' : ''}`;
  parseNortelVlans(text);
  return text;
}

function readEnd(cursor: TextCursor): boolean {
  cursor.expect('.');
  const nul = cursor.take('\0');
  cursor.end();
  return nul;
}
