import type { PhoneFamily } from '../model/family.ts';
import { secretNames, type SecretNames } from '../model/secret-names.ts';
import type { SettingValues } from '../model/settings.ts';

/** Whether the value of a setting is shown to nobody. */
export type IsSecret = SecretNames['has'];

/** By the tables of all families. */
export function secretsOf(families: readonly Pick<PhoneFamily, 'parameters'>[]): SecretNames {
  return secretNames([...new Set(families.flatMap(({ parameters }) => parameters))]);
}

/** The same names, secret values replaced. */
export function masked(values: SettingValues, isSecret: IsSecret): SettingValues {
  const entries = Object.entries(values);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, isSecret(name) && value !== '' ? '********' : value]),
  );
}
