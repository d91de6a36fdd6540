import { writeSysConfig } from '../../../codec/config/sys-config.ts';
import type { Finding } from '../../../model/finding.ts';
import type { WrittenValue } from '../../../model/render.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import { filePart, type Part } from '../../shared/render/part.ts';
import {
  badSetting,
  type KnownSetting,
  type KnownSettings,
  spelled,
  written,
} from '../../shared/render/known-settings.ts';
import { dataFile } from '../paths.ts';
import { sysConfig } from './lookups.ts';

/** `2004sysConfig.dat`, in the order of the table; NN42020-202, section 4. */
export function dataPart({ byKey }: KnownSettings): Part {
  const values: WrittenValue[] = [];
  const findings: Finding[] = [];
  for (const key of sysConfig.lookup.keys) {
    const setting = byKey.get(key);
    if (!setting || setting.value === '') continue;
    const { value, findings: about } = spelled(setting);
    findings.push(...about);
    if (isWritable(key, value)) values.push(written(setting, key, value));
    else findings.push(badSetting(setting, 'one line without blanks around it'));
  }
  const content = writeSysConfig(values.map(({ key, value }) => [key, value]));
  return filePart({ path: dataFile, content, values }, findings);
}

function isWritable(key: string, value: string): boolean {
  return fits(() => writeSysConfig([[key, value]]));
}

/** Whether the syntax can hold it. */
export function fits(write: () => unknown): boolean {
  try {
    write();
    return true;
  } catch (error) {
    if (error instanceof CodecError) return false;
    throw error;
  }
}

export function valueOf(setting: KnownSetting | undefined): string | undefined {
  return setting === undefined || setting.value === '' ? undefined : setting.value;
}
