import { cnfValues, decodeCnf } from '../../codec/config/cnf.ts';
import { decodeSep } from '../../codec/config/sep-xml.ts';
import { loadFor } from '../../codec/config/xml-default.ts';
import { child, children, textOf, type XmlElement } from '../../codec/config/xml.ts';
import { splitLines } from '../../codec/text/place.ts';
import { CodecError } from '../../wire/codec-error.ts';
import { latin1 } from '../../wire/reader.ts';

/** What a configuration file says of the image. `none`: it names none. */
export type ImageWish =
  | { readonly kind: 'image'; readonly image: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly because: string };

/** The values of a `.cnf` file by key in lower case; '' clears one. */
export type Settings = ReadonlyMap<string, string>;

export type XmlConfiguration = {
  readonly wish: ImageWish;
  readonly root: XmlElement | undefined;
};

const utf8Mark = '\u00ef\u00bb\u00bf';

/** Bytes as the phone sees them: one character each. */
function textOfBytes(bytes: Uint8Array): string {
  const text = latin1(bytes);
  return text.startsWith(utf8Mark) ? text.slice(utf8Mark.length) : text;
}

/** The first line as it stands: a blank behind the name is a part of it, bug CSCdv19260. */
export function readOs79xx(bytes: Uint8Array): string {
  const line = splitLines(textOfBytes(bytes))[0]?.text ?? '';
  return line.trim() === '' ? '' : line;
}

/** `SIPDefault.cnf`, `SIP<MAC>.cnf` and MGCP's like. */
export function readCnf(bytes: Uint8Array): Settings {
  return cnfValues(decodeCnf(textOfBytes(bytes)));
}

export function wishIn(settings: Settings): ImageWish {
  return wishFor(settings.get('image_version'));
}

/**
 * `SEP<MAC>.cnf.xml` and `XMLDefault.cnf.xml`. The model's number is the key; its name is free
 * text. A `<Default>` document served as a phone's file works too.
 */
export function readXml(bytes: Uint8Array, modelNumber: number): XmlConfiguration {
  const text = textOfBytes(bytes);
  if (text.trim() === '') return unreadable('it is empty');
  try {
    const file = decodeSep(text);
    return { wish: wishFor(loadFor(file, modelNumber)), root: file.root };
  } catch (error) {
    if (error instanceof CodecError) return unreadable(error.message);
    throw error;
  }
}

/** Address or name of the first CallManager, '' where there is none. */
export function callManagerIn(root: XmlElement | undefined): string {
  return textOf(descend(root, ['callManager', 'processNodeName']));
}

/**
 * The locale files that an SCCP application reads: the user locale's fonts, the network locale's
 * tones. An empty locale leaves a path that begins with a slash.
 */
export function localeFiles(root: XmlElement | undefined): readonly string[] {
  const user = descend(root, ['userLocale']);
  const network = descend(root, ['networkLocale']);
  return [
    ...(user ? [`${textOf(child(user, 'name'))}/7960-font.xml`] : []),
    ...(network ? [`${textOf(network)}/7960-tones.xml`] : []),
  ];
}

/** The first element of the first name at any depth, in it the first of the next name, … */
function descend(from: XmlElement | undefined, names: readonly string[]): XmlElement | undefined {
  return names.reduce<XmlElement | undefined>((node, name) => node && find(node, name), from);
}

function find(node: XmlElement, name: string): XmlElement | undefined {
  for (const inner of children(node)) {
    const found = inner.name === name ? inner : find(inner, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function wishFor(image: string | undefined): ImageWish {
  return image === undefined || image === '' ? { kind: 'none' } : { kind: 'image', image };
}

function unreadable(because: string): XmlConfiguration {
  return { wish: { kind: 'unreadable', because }, root: undefined };
}
