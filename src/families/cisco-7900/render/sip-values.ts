import type { Finding } from '../../../model/finding.ts';
import type { Model } from '../../../model/phone.ts';
import type { WrittenValue } from '../../../model/render.ts';
import {
  imageInSettings,
  type KnownSetting,
  spelled,
  wordsFor,
  written,
} from '../../shared/render/known-settings.ts';
import { unwritableIn } from './cnf-file.ts';

/** What one setting becomes: a value for one of the two files, or nothing but findings. */
export type SipValue = {
  readonly value?: WrittenValue;
  readonly file: 'default' | 'phone';
  readonly findings: readonly Finding[];
};

/** An empty value makes the phone forget what it had, and without these it is unprovisioned. */
const neverEmpty: readonly string[] = ['proxy1_address', 'line1_name'];

type Refuse = (setting: KnownSetting, model: Model) => Finding | undefined;

const refusals: readonly Refuse[] = [
  function imageIsThePhones(setting) {
    return setting.key === 'image_version' ? imageInSettings(setting) : undefined;
  },
  function emptyRequired({ key, value, origin }) {
    if (value !== '' || !neverEmpty.includes(key)) return undefined;
    return notWritten('empty-setting', 'error', `${wordsFor(origin)} is required and empty`);
  },
  function lineOfOtherModel({ key, index = 1, origin }, { lines, name }) {
    if (!/^line\d/.test(key) || index <= lines) return undefined;
    const text = `${wordsFor(origin)}: the ${name} has ${lines} lines`;
    return notWritten('line-not-on-model', 'note', text);
  },
  function syntaxCannotHold({ value, origin }) {
    const what = unwritableIn(value);
    if (what === undefined) return undefined;
    const text = `${wordsFor(origin)} has ${what}, which the file's syntax cannot hold`;
    return notWritten('setting-not-writable', 'error', text);
  },
  function folderIsUnsafe({ key, value, origin }) {
    if (key !== 'tftp_cfg_dir' || isFolder(value)) return undefined;
    const text = `${wordsFor(origin)}: "${value}" is no folder below the root`;
    return notWritten('setting-not-writable', 'error', text, 'Write it like phones/');
  },
];

function notWritten(
  code: string,
  severity: Finding['severity'],
  text: string,
  cure?: string,
): Finding {
  const consequence = 'It is not written into any file.';
  return { code, severity, text, consequence, ...(cure !== undefined && { cure }) };
}

/** Names with a slash between them; `./` and `/` before them are met. */
function isFolder(value: string): boolean {
  return /^(\.?\/)*(\w[\w.-]*\/+)*(\w[\w.-]*)?$/.test(value);
}

/** Where and how a setting is written for this model. */
export function sipValue(setting: KnownSetting, model: Model): SipValue {
  const file = fileFor(setting);
  for (const refuse of refusals) {
    const finding = refuse(setting, model);
    if (finding) return { file, findings: [finding] };
  }
  const { value, findings } = setting.key === 'tftp_cfg_dir' ? folder(setting) : spelled(setting);
  return { value: written(setting, setting.key, value), file, findings };
}

/**
 * The phone writes the folder before the name of its file as it stands, so that a slash at the end
 * belongs to it.
 */
function folder(setting: KnownSetting): ReturnType<typeof spelled> {
  const { value, origin } = setting;
  if (value === '' || value.endsWith('/')) return { value, findings: [] };
  const text = `${wordsFor(origin)}: "${value}" has no slash at its end`;
  const consequence = 'It is written with one.';
  const finding: Finding = { code: 'folder-without-slash', severity: 'note', text, consequence };
  return { value: `${value}/`, findings: [finding] };
}

/**
 * Common parameters in the default file, the others in the phone's; what the phone's scope sets
 * too, and the values that take a choice away from its user. Cisco SIP IP Phone Administrator Guide
 * 4.4, Modifying SIP Parameters via a TFTP Server and tables 3-3 and 3-4. The folder is needed
 * before the phone's file is.
 */
function fileFor({ key, parameter, value, origin }: KnownSetting): SipValue['file'] {
  if (key === 'tftp_cfg_dir') return 'default';
  const locked = parameter.userMayChange === 'by value' && /^[23]$/.test(value);
  const own = parameter.place === 'phone' || origin.scope === 'phone' || locked;
  return own ? 'phone' : 'default';
}
