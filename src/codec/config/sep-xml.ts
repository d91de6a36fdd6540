import { imageName } from '../text/image-name.ts';
import { type Place, unwritable } from '../text/place.ts';
import {
  attributeOf,
  child,
  children,
  decodeXml,
  element,
  encodeXml,
  textOf,
  type XmlElement,
} from './xml.ts';

/** A `loadInformation` that names an image. */
export type LoadInformation = {
  /** Of `loadInformation<number>`: Cisco's device type number. */
  readonly number?: number;
  /** Free text, `IP Phone 7960`, `Cisco 7960`, …: never a key. */
  readonly model?: string;
  readonly image: string;
} & Place;

export type SepFile = {
  /** `deviceProtocol` as written. */
  readonly protocol?: string;
  readonly loads: readonly LoadInformation[];
  readonly root: XmlElement;
};

export type SepMinimal = {
  readonly protocol: string;
  /** The text of the model attribute, e.g. `IP Phone 7960`. */
  readonly model: string;
  /** '' leaves the phone on the image that it runs. */
  readonly image: string;
};

/** `SEP<MAC>.cnf.xml`. Throws a CodecError where it is no XML; any root element is accepted. */
export function decodeSep(text: string): SepFile {
  const root = decodeXml(text);
  const protocol = textOf(child(root, 'deviceProtocol'));
  return { ...(protocol === '' ? {} : { protocol }), loads: loadsOf(root), root };
}

/** The smallest file that a 7940/7960 boots with: protocol and image. */
export function encodeSepMinimal({ protocol, model, image }: SepMinimal): string {
  if (!/^[A-Z]+$/.test(protocol)) throw unwritable('deviceProtocol', 'SIP, SCCP or MGCP', protocol);
  const load = image === '' ? '' : imageName(image, 'loadInformation');
  return encodeXml(
    element('device', {}, [
      element('deviceProtocol', {}, protocol),
      element('loadInformation', { model }, load),
    ]),
  );
}

/** The `loadInformation` children that name an image, in their order. */
export function loadsOf(root: XmlElement): readonly LoadInformation[] {
  return children(root).flatMap((node) => {
    if (!node.name.startsWith('loadInformation')) return [];
    const [whole, digits] = /^loadInformation(\d{0,9})$/.exec(node.name) ?? [];
    const image = textOf(node);
    if (whole === undefined || image === '') return [];
    const model = attributeOf(node, 'model')?.value;
    return [
      {
        ...(digits ? { number: Number(digits) } : {}),
        ...(model === undefined ? {} : { model }),
        image,
        line: node.line,
        column: node.column,
      },
    ];
  });
}
