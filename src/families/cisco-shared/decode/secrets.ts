import { secretSettings } from '../secrets/secret-settings.ts';

/** What stands in the place of a password that is set. */
export const mask = '********';

/** A value as people may see it. `name`: of the key, element or attribute. */
export function shown(name: string, value: string): string {
  return value !== '' && secretSettings.has(name) ? mask : value;
}
