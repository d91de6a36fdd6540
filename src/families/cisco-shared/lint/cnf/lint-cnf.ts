import { decodeCnf } from '../../../../codec/config/cnf.ts';
import type { LintedContent, Named, PlacedValue } from '../facts.ts';
import { type NamedImage, imageNameRules } from '../firmware/image-names.ts';
import { readLoadName } from '../firmware/load-name.ts';
import { applyRules } from '../../../shared/lint/rule.ts';
import { sipParameterRules } from './parameter-rules.ts';
import { sipFileOf, type SipEntry, type SipFile, valuePlace } from './sip-subject.ts';
import { offsetAt } from '../../../shared/lint/fix.ts';
import { cnfSyntaxRules } from './syntax-rules.ts';
import { clockOf, sipTimeRules } from './time-rules.ts';
import { sipValueRules } from './value-rules.ts';

/** What rules over the whole tree want to know of a SIP file. */
const keptKeys = [
  'image_version',
  'proxy1_address',
  'call_manager1_addr',
  'line1_name',
  'dyn_tftp_addr',
  'tftp_cfg_dir',
  'telnet_level',
  'sync',
];

/** `SIPDefault.cnf` and `SIP<MAC>.cnf` */
export function lintSip(path: string, text: string, isDefault: boolean): LintedContent {
  const file = sipFileOf(text, isDefault);
  const clock = clockOf(file);
  const image = file.byKey.get('image_version');
  const findings = [
    ...applyRules(cnfSyntaxRules, path, file),
    ...applyRules(sipParameterRules, path, file),
    ...applyRules(sipValueRules, path, file),
    ...(clock ? applyRules(sipTimeRules, path, clock) : []),
    ...(image ? applyRules(imageNameRules, path, namedImage(image, text)) : []),
  ];
  return { findings, facts: factsOf(file) };
}

/** `MGCDefault.cnf` and `MGC<MAC>.cnf`: no document lists their keys. */
export function lintMgcp(path: string, text: string): LintedContent {
  const subject = { document: decodeCnf(text), text };
  return { findings: applyRules(cnfSyntaxRules, path, subject) };
}

function namedImage(read: SipEntry, text: string): NamedImage {
  const { line, column } = valuePlace(read);
  const name = read.placeholder ? '' : read.value;
  const offset = () => offsetAt(text, line, column);
  return { name, load: readLoadName(name), line, column, offset, only7900: true };
}

function factsOf(file: SipFile): LintedContent['facts'] {
  const sip: Record<string, PlacedValue> = {};
  for (const key of keptKeys) {
    const read = file.byKey.get(key);
    if (!read || read.value === '') continue;
    sip[key] = placedValue(read, key === 'line1_name' ? 'set' : read.value);
  }
  const password = file.byKey.get('phone_password');
  if (password && password.value !== '')
    sip['phone_password'] = placedValue(password, password.value === 'cisco' ? 'cisco' : 'set');
  const names = namesOf(file);
  return { sip, ...(names.length > 0 && { names }) };
}

function placedValue(read: SipEntry, value: string): PlacedValue {
  return [value, read.entry.line, read.entry.valueColumn];
}

function namesOf({ byKey }: SipFile): readonly Named[] {
  const names: Named[] = [];
  const add = (key: string, what: Named[0], fileOf: (value: string) => string) => {
    const read = byKey.get(key);
    if (!read || read.value === '' || read.placeholder) return;
    names.push([what, fileOf(read.value), read.entry.line, read.entry.valueColumn]);
  };
  add('image_version', 'image', (image) => image);
  if (!/\.xml$/i.test(byKey.get('dial_template')?.value ?? ''))
    add('dial_template', 'dial-template', (name) => `${name}.xml`);
  return names;
}
