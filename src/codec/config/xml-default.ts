import { imageName } from '../text/image-name.ts';
import { unwritable } from '../text/place.ts';
import { type LoadInformation, loadsOf } from './sep-xml.ts';
import { insertElement, setText, type XmlDocument } from './xml-document.ts';
import { children, decodeXml, element, encodeXml, type XmlElement } from './xml.ts';

export type XmlDefault = { readonly loads: readonly LoadInformation[]; readonly root: XmlElement };

export type DefaultLoad = {
  /** Cisco's device type number, e.g. 7 for the 7960. */
  readonly number: number;
  readonly model: string;
  readonly image: string;
};

export type XmlDefaultInput = {
  readonly loads: readonly DefaultLoad[];
  /** Address of the call manager; a SIP phone needs none. */
  readonly processNodeName?: string;
};

/** `XMLDefault.cnf.xml`. Throws a CodecError where it is no XML. */
export function decodeXmlDefault(text: string): XmlDefault {
  const root = decodeXml(text);
  return { loads: loadsOf(root), root };
}

/** The image for a device type: `loadInformation<number>`, else the one without a number. */
export function loadFor(document: XmlDefault, modelNumber: number): string | undefined {
  const { loads } = document;
  const load =
    loads.find(({ number }) => number === modelNumber) ??
    loads.find(({ number }) => number === undefined);
  return load?.image;
}

/** The call manager's ports, then a load per device type. Throws a CodecError for odd values. */
export function encodeXmlDefault({ loads, processNodeName = '' }: XmlDefaultInput): string {
  if (new Set(loads.map(({ number }) => number)).size < loads.length)
    throw unwritable('loadInformation', 'each device type once', loads.map((l) => l.number).join());
  return encodeXml(
    element('Default', {}, [callManagerGroup(processNodeName), ...loads.map(loadElement)]),
  );
}

/**
 * Names the image for a device type where it is named already, else behind the other loads. The
 * model's text is written for a new one only.
 */
export function setDefaultLoad(document: XmlDocument, load: DefaultLoad): XmlDocument {
  const { root } = document;
  const added = loadElement(load);
  // Field: numbers with zeros before them, as in loadInformation00007.
  const known = new RegExp(`^loadInformation0*${load.number}$`);
  const present = children(root).find(({ name }) => known.test(name));
  if (present !== undefined) return setText(document, present, load.image);
  const nodes = children(root);
  const last = nodes.findLastIndex((node) => node.name.startsWith('loadInformation'));
  const before = last < 0 ? undefined : nodes[last + 1];
  return insertElement(document, root, added, before && { before });
}

function loadElement({ number, model, image }: DefaultLoad): XmlElement {
  if (!Number.isInteger(number) || number < 1)
    throw unwritable('device type', 'a whole number from 1', `${number}`);
  return element(`loadInformation${number}`, { model }, imageName(image, 'loadInformation'));
}

function callManagerGroup(processNodeName: string): XmlElement {
  const mgcpPorts = element('mgcpPorts', {}, [
    element('listen', {}, '2427'),
    element('keepAlive', {}, '2428'),
  ]);
  const ports = element('ports', {}, [element('ethernetPhonePort', {}, '2000'), mgcpPorts]);
  const callManager = element('callManager', {}, [
    ports,
    element('processNodeName', {}, processNodeName),
  ]);
  const member = element('member', { priority: '0' }, [callManager]);
  return element('callManagerGroup', {}, [element('members', {}, [member])]);
}
