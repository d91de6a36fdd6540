import { secretNames } from '../../../model/secret-names.ts';
import { parameters } from '../parameters/nortel-2004-parameters.ts';

/** Keywords of Nortel's files whose values are shown to nobody. */
export const secretSettings = secretNames(parameters);

const mask = '********';

/** A value as people may see it. */
export function shown(key: string, value: string): string {
  return value !== '' && secretSettings.has(key) ? mask : value;
}
