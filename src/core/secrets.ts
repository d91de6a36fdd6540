import type { SettingValues } from '../model/settings.ts';

/** Settings whose values are shown to nobody: lines' and phones' passwords. */
export function isSecret(name: string): boolean {
  return /password|secret/i.test(name);
}

/** The same names, secret values replaced. */
export function masked(values: SettingValues): SettingValues {
  const entries = Object.entries(values);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, isSecret(name) && value !== '' ? '********' : value]),
  );
}
