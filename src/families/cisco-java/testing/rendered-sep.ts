import { decodeSep } from '../../../codec/config/sep-xml.ts';
import type { LoadOrder } from '../../../model/plan.ts';
import type { Rendered } from '../../../model/render.ts';
import {
  effectiveSettings,
  type EffectiveSettings,
  type SettingLayer,
  type SettingValues,
} from '../../../model/settings.ts';
import { parseMac } from '../../../wire/mac.ts';
import { sepValues } from '../../cisco-shared/import/sep-values.ts';
import { ciscoJava } from '../cisco-java.ts';
import { javaModel } from '../models.ts';

export const mac = parseMac('0025459538B5');
export const sip = { protocol: 'SIP', image: 'SIP42.9-4-2SR3-1S' };
export const sccp = { protocol: 'SCCP', image: 'SCCP42.9-4-2SR3-1S' };

/** The files of a phone that stays on its load. */
export function render(
  settings: EffectiveSettings,
  order: LoadOrder = sip,
  name = '7962',
): Rendered {
  const model = javaModel(name);
  if (!model) throw new TypeError(`there is no ${name}`);
  return ciscoJava.render({ mac, model, settings, order });
}

export function layer(scope: SettingLayer['scope'], values: SettingValues): SettingLayer {
  return { scope, name: scope === 'fleet' ? '' : 'one', values };
}

export function fleet(values: SettingValues): EffectiveSettings {
  return effectiveSettings([layer('fleet', values)]);
}

export function codes({ findings }: Rendered): readonly string[] {
  return findings.map(({ code }) => code);
}

/** The values of the phone's own file by path, read by what reads files of others too. */
export function sepOf({ files }: Rendered): Readonly<Record<string, string>> {
  const file = files.find(({ path }) => path === `SEP${mac}.cnf.xml`);
  if (!file) throw new TypeError('it has no file of its own');
  const values = sepValues(decodeSep(file.content).root);
  return Object.fromEntries(values.map(({ path, value }) => [path, value]));
}
