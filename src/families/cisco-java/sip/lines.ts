import type { FamilySip, SipLine } from '../../../model/family-sip.ts';
import type { WrittenValue } from '../../../model/render.ts';
import type { Model } from '../../../model/phone.ts';
import type { EffectiveSettings } from '../../../model/settings.ts';
import { parseMac } from '../../../wire/mac.ts';
import { linePath, memberPath } from '../../cisco-shared/render/sep/sep-paths.ts';
import { ciscoTraces } from '../../cisco-shared/sip/register-traces.ts';
import { models } from '../models.ts';
import { renderFiles } from '../render/render-files.ts';

const anyMac = parseMac('000000000000');
const ownPath = /^sipProfile\/sipLines\/line\[(\d+)\]\/(\w+)$/;

/** Lines as its own file has them. */
export const sip: FamilySip = {
  lines({ model, settings }) {
    return linesIn(sepValues(model, settings));
  },
  traces: (tokens) => ciscoTraces(tokens, models),
  algorithms: ['MD5'],
};

/** The values in the file of a SIP phone with these settings. */
export function sepValues(model: Model, settings: EffectiveSettings): readonly WrittenValue[] {
  const order = { protocol: 'SIP', image: '' };
  const { files } = renderFiles({ mac: anyMac, model, settings, order });
  return files.find(({ path }) => path.startsWith('SEP'))?.values ?? [];
}

export function isCallManager(proxy: string): boolean {
  return /^USECALLMANAGER$/i.test(proxy);
}

function linesIn(values: readonly WrittenValue[]): readonly SipLine[] {
  const named = new Map(values.map(({ key, value }) => [key, value]));
  const keys = new Set(values.flatMap(({ key }) => ownPath.exec(key)?.[1] ?? []));
  return [...keys].flatMap((key) => {
    const of = (name: string) => named.get(`${linePath}[${key}]/${name}`) ?? '';
    const isLine = (of('featureID') || '9') === '9';
    if (!isLine || of('name') === '') return [];
    const proxy = of('proxy');
    const server = isCallManager(proxy)
      ? (named.get(`${memberPath}[1]/callManager/processNodeName`) ?? '')
      : proxy;
    const authName = of('authName') || of('name');
    return [{ user: of('name'), authName, password: of('authPassword'), server }];
  });
}
