import { writeCnf } from '../../codec/config/cnf.ts';
import { encodeDialplan } from '../../codec/config/dialplan-xml.ts';
import { encodeOs79xx } from '../../codec/config/os79xx.ts';
import { encodeSepMinimal } from '../../codec/config/sep-xml.ts';
import { encodeXmlDefault } from '../../codec/config/xml-default.ts';
import type { RenderInput } from '../../model/family.ts';
import type { TextFile } from '../../model/plan.ts';
import type { EffectiveSetting } from '../../model/settings.ts';
import { loadOf, type Load } from './load-order.ts';

/**
 * Parameters that belong in the phone's own file whoever sets them. Cisco SIP IP Phone
 * Administrator Guide 4.4, table 3-4.
 */
const phoneSpecific = /^(line[1-6]_\w+|phone_label)$/;

type Entry = readonly [key: string, value: string];

/** All files that the phone finds with this order; none without one, so that it is left alone. */
export function renderFiles(input: RenderInput): readonly TextFile[] {
  if (!input.order) return [];
  const load = loadOf(input.order);
  const renderers = { SCCP: sccpFiles, SIP: sipFiles, MGCP: mgcpFiles };
  return [
    ...bootText(load),
    ...renderers[load.protocol](input, load),
    ...conversionFiles(input, load),
  ];
}

function bootText({ os79xx }: Load): TextFile[] {
  return os79xx === '' ? [] : [{ path: 'OS79XX.TXT', content: encodeOs79xx(os79xx) }];
}

function imageVersion({ image }: Load): readonly Entry[] {
  return image === '' ? [] : [['image_version', image]];
}

function sccpFiles({ mac, model, settings }: RenderInput, load: Load): TextFile[] {
  const processNodeName = settings.get('call_manager1_addr')?.value;
  const named = { number: model.number ?? 0, model: modelText(model.name), image: load.image };
  const loads = load.image === '' ? [] : [named];
  const path = `SEP${mac}.cnf.xml`;
  const phone = { protocol: 'SCCP', model: modelText(model.name), image: load.image };
  const common = { loads, ...(processNodeName === undefined ? {} : { processNodeName }) };
  return [
    { path, content: encodeSepMinimal(phone) },
    { path: 'XMLDefault.cnf.xml', content: encodeXmlDefault(common) },
  ];
}

/** `image_version` stands in both files: a phone may be known only from its second request on. */
function sipFiles({ mac, settings }: RenderInput, load: Load): TextFile[] {
  const image = imageVersion(load);
  const { common, own } = shared([...settings]);
  const dialplan = settings.get('dial_template')?.value ?? '';
  return [
    { path: 'SIPDefault.cnf', content: writeCnf([...image, ...common], 'Common to all phones') },
    { path: `SIP${mac}.cnf`, content: writeCnf([...image, ...own], `Phone ${mac}`) },
    ...(dialplan === '' ? [] : [{ path: `${dialplan}.xml`, content: defaultDialplan() }]),
  ];
}

function mgcpFiles({ mac }: RenderInput, load: Load): TextFile[] {
  const content = writeCnf(imageVersion(load));
  return [
    { path: 'MGCDefault.cnf', content },
    { path: `MGC${mac}.cnf`, content },
  ];
}

/** The loader's name for a phone that still runs SCCP. Upgrade matrix, procedure C, note. */
function conversionFiles({ model }: RenderInput, load: Load): TextFile[] {
  if (load.xmlDefault === '') return [];
  const loads = [
    { number: model.number ?? 0, model: modelText(model.name), image: load.xmlDefault },
  ];
  return [{ path: 'XMLDefault.cnf.xml', content: encodeXmlDefault({ loads }) }];
}

/** Common parameters go to the default file, phone-specific ones to the phone's. */
function shared(settings: readonly (readonly [string, EffectiveSetting])[]) {
  const isOwn = ([name, setting]: readonly [string, EffectiveSetting]) =>
    setting.from.scope === 'phone' || phoneSpecific.test(name);
  const entry = ([name, { value }]: readonly [string, EffectiveSetting]): Entry => [name, value];
  return {
    common: settings.filter((setting) => !isOwn(setting)).map(entry),
    own: settings.filter(isOwn).map(entry),
  };
}

function defaultDialplan(): string {
  return encodeDialplan([{ match: '*', timeout: 5 }]);
}

function modelText(name: string): string {
  return `IP Phone ${name}`;
}
