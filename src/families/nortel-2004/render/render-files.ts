import type { RenderInput } from '../../../model/family.ts';
import type { Finding } from '../../../model/finding.ts';
import type { PhoneDefault, Rendered, RenderedFile } from '../../../model/render.ts';
import { joined, nothing, type Part } from '../../shared/render/part.ts';
import {
  imageInSettings,
  type KnownSetting,
  type KnownSettings,
  knownSettings,
} from '../../shared/render/known-settings.ts';
import { unusedSettings } from '../../shared/render/unused-settings.ts';
import { loadOf } from '../load-order.ts';
import { sipModel } from '../models.ts';
import { dataFile } from '../paths.ts';
import { controlPart } from './control-file.ts';
import { dataPart } from './data-file.ts';
import { allLookups, sysConfig } from './lookups.ts';
import { upgradePart } from './upgrade-file.ts';

/** Named by the plan, not by settings. */
const ofPlan = /^FW\/(?:VERSION|FILENAME|DOWNLOAD_MODE)$/;

/**
 * `2004tftp.cfg` of one phone, the files that it names and `SipUpgradeConfigFile.txt`, which is of
 * the whole site. Phones without SIP software ask for none of them.
 */
export function renderFiles(input: RenderInput): Rendered {
  const { order, model } = input;
  if (!order) return { files: [], defaults: [], findings: [] };
  const settings = knownSettings(input.settings, allLookups);
  const all = [...settings.byKey.values()];
  if (model.name !== sipModel) {
    const findings = unusedSettings(all, 'it has no SIP software, and reads no file');
    return { files: [], defaults: [], findings: [...settings.findings, ...findings] };
  }
  const { files, findings } = joined([
    { files: [], findings: [...settings.findings, ...namedBySettings(settings)] },
    dataPart(settings),
    controlPart(settings, loadOf(order), input.revisions ?? new Map()),
    all.some(({ table }) => table === 'nortel-sip-upgrade') ? upgradePart(settings) : nothing,
  ] satisfies readonly Part[]);
  return { files, defaults: defaultsBeside(files), findings };
}

function namedBySettings({ byKey }: KnownSettings): readonly Finding[] {
  const named = [...byKey.values()].filter(({ key }: KnownSetting) => ofPlan.test(key));
  return named.map(imageInSettings);
}

/** What the phone takes by itself. */
function defaultsBeside(files: readonly RenderedFile[]): readonly PhoneDefault[] {
  const data = files.find(({ path }) => path === dataFile);
  const said = new Set(data?.values.map(({ key }) => key));
  return sysConfig.lookup.keys.flatMap((key) => {
    const value = sysConfig.lookup.find(key)?.parameter.default;
    return value === undefined || said.has(key) ? [] : [{ key, value }];
  });
}
