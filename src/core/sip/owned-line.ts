import type { SipLine } from '../../model/family-sip.ts';
import type { PhoneFamily } from '../../model/family.ts';
import type { Phone } from '../../model/phone.ts';
import { effectiveSettings, type SettingLayer } from '../../model/settings.ts';
import type { Mac } from '../../wire/mac.ts';

/** A line and the phone that has it. */
export type OwnedLine = SipLine & { readonly mac: Mac; readonly family: PhoneFamily };

/** The lines of a phone by its settings. */
export function ownedLines(
  phone: Phone,
  family: PhoneFamily | undefined,
  layers: readonly SettingLayer[],
): readonly OwnedLine[] {
  if (!family?.sip) return [];
  const model = family.models.find(({ name }) => name === phone.model) ?? {
    ...{ name: phone.model, lines: 1 },
  };
  const lines = family.sip.lines({ model, settings: effectiveSettings(layers) });
  return lines.map((line) => ({ ...line, mac: phone.mac, family }));
}
