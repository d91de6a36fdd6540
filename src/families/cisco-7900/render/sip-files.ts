import type { RenderInput } from '../../../model/family.ts';
import type { Finding } from '../../../model/finding.ts';
import type { PhoneDefault, RenderedFile, WrittenValue } from '../../../model/render.ts';
import { dialplanFile } from '../../cisco-shared/render/dialplan.ts';
import {
  type KnownSetting,
  type KnownSettings,
  wordsFor,
} from '../../shared/render/known-settings.ts';
import { filePart, joined, nothing, type Part } from '../../shared/render/part.ts';
import { ringFile } from '../../cisco-shared/render/rings.ts';
import { encodeRingList } from '../../../codec/config/ring-list.ts';
import type { Load } from '../load-order.ts';
import { cnfFile } from './cnf-file.ts';
import { imageVersion } from './mgcp-files.ts';
import { sipLookup } from './lookups.ts';
import { sipValue } from './sip-values.ts';
import { syncinfoFile } from './syncinfo.ts';

/** `SIPDefault.cnf`, `SIP<MAC>.cnf` and the files that they name. */
export function sipFiles(input: RenderInput, load: Load, { byKey }: KnownSettings): Part {
  const settings = [...byKey.values()].filter(({ table }) => table === sipLookup.id);
  const values = settings.map((setting) => sipValue(setting, input.model));
  const of = (file: 'default' | 'phone') =>
    values.flatMap(({ value, file: where }) => (value && where === file ? [value] : []));
  const common = [...imageVersion(load), ...of('default')];
  const own = [...imageVersion(load), ...of('phone')];
  const findings = values.flatMap((each) => each.findings);
  return joined([
    filePart(cnfFile('SIPDefault.cnf', 'Common to all phones', common), findings),
    { files: phoneFiles(input, folderIn(common), own), findings: [] },
    planFile(byKey),
    ringFile('RINGLIST.DAT', byKey.get('ring_list'), encodeRingList),
    syncinfoFile(byKey.get('sync'), input.restart),
  ]);
}

function folderIn(values: readonly WrittenValue[]): string {
  return values.find(({ key }) => key === 'tftp_cfg_dir')?.value ?? '';
}

/**
 * In its folder for the application, which knows it from SIPDefault.cnf; without it for the loader,
 * and for a phone that found no default file.
 */
function phoneFiles(
  { mac }: RenderInput,
  folder: string,
  values: readonly WrittenValue[],
): readonly RenderedFile[] {
  const file = cnfFile(`SIP${mac}.cnf`, `Phone ${mac}`, values);
  const path = `${folder}${file.path}`.replace(/^(\.?\/)+/, '');
  return path === file.path ? [file] : [file, { ...file, path }];
}

function planFile(byKey: ReadonlyMap<string, KnownSetting>): Part {
  const template = byKey.get('dial_template');
  const plan = byKey.get('dial_plan');
  if (template === undefined || template.value === '')
    return plan === undefined || plan.value === ''
      ? nothing
      : { ...nothing, findings: [planWithoutName(plan)] };
  if (/^\w[\w.-]*$/.test(template.value)) return dialplanFile(`${template.value}.xml`, plan);
  const text = `${wordsFor(template.origin)}: "${template.value}" is no name of a file`;
  const consequence = 'The dial plan is not written; phones use the one that is built in.';
  const finding: Finding = { code: 'bad-setting-value', severity: 'warning', text, consequence };
  return { ...nothing, findings: [finding] };
}

function planWithoutName({ origin }: KnownSetting): Finding {
  return {
    code: 'dial-plan-without-name',
    severity: 'warning',
    text: `${wordsFor(origin)} is there, but no dial_template`,
    consequence: 'No phone asks for a dial plan.',
    cure: 'Set dial_template to dialplan.',
  };
}

/** What the phone takes for the keys that no file gives; of lines only for those in use. */
export function sipDefaults(files: readonly RenderedFile[]): readonly PhoneDefault[] {
  const given = new Set(files.flatMap(({ values }) => values.map(({ key }) => key)));
  return sipLookup.lookup.keys.flatMap((key) => {
    const { parameter, index } = sipLookup.lookup.find(key) ?? {};
    const value = parameter?.default?.replace('N_', `${index ?? ''}_`);
    const inUse = index === undefined || given.has(`line${index}_name`);
    return given.has(key) || value === undefined || value === key || !inUse ? [] : [{ key, value }];
  });
}
