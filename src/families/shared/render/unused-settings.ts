import type { Finding } from '../../../model/finding.ts';
import { type KnownSetting, wordsFor } from './known-settings.ts';

/**
 * Settings that are known and mean nothing to this phone. Those of the fleet, a site or a group are
 * for others; what is said of the phone itself or of its model was meant for it.
 */
export function unusedSettings(
  settings: readonly KnownSetting[],
  because: string,
): readonly Finding[] {
  return settings
    .filter(({ origin }) => origin.scope === 'phone' || origin.scope === 'model')
    .map(({ origin }) => ({
      code: 'setting-not-for-phone',
      severity: 'note',
      text: `${wordsFor(origin)}: ${because}`,
      consequence: 'It is not written into any file.',
    }));
}
