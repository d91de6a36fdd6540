import fc from 'fast-check';
import { valueProblem } from '../../../model/parameter-value.ts';
import type { Parameter } from '../../../model/parameter.ts';
import {
  effectiveSettings,
  settingScopes,
  type EffectiveSettings,
  type SettingValues,
} from '../../../model/settings.ts';

/** Values of all forms that the tables have; each parameter takes those that fit. */
const formSamples: readonly string[] = [
  ...['0', '1', '4', '8', '12', '100', '02', '02/00', '2:30', '+01/00', 'CET', '-5', 'April'],
  ...['oct', 'Sunday', 'Mon', 'D/M/Y', 'M.D.YYA', '08:30', '1,7', '192.0.2.9', 'host.example'],
  ...['2001:db8::1', '0025459538B5', '1,2,3', '11', '5', 'a-b', '0,1'],
];

/** Text that both syntaxes can hold: no quotes, no control characters, no blanks around it. */
const plainText = (most: number, blanks: boolean) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: Math.min(most, 20) })
    .map((text) => text.replace(/["\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, 'x'))
    .map((text) => (blanks ? text : text.replace(/\s/g, '_')))
    .filter((text) => text === text.trim() && !/^(unprovisioned)?$/i.test(text));

/** A value that the table allows, or undefined where none is at hand. */
export function valueFor(parameter: Parameter): fc.Arbitrary<string> | undefined {
  const { type } = parameter;
  const fits = (value: string) => value !== '' && valueProblem(parameter, value) === undefined;
  switch (type.kind) {
    case 'integer':
      return fc.integer({ min: type.min, max: type.max ?? 100_000 }).map(String);
    case 'choice':
      return fc.constantFrom(...type.values.map(([value]) => value));
    case 'text':
      return plainText(type.most ?? 40, type.blanks !== false).filter(fits);
    case 'address':
      return type.names ? fc.oneof(fc.ipV4(), fc.constant('pbx.example.org')) : fc.ipV4();
    case 'url':
      return fc.webUrl().filter(fits);
    case 'image':
      return fc.constantFrom('P0S3-8-12-00', 'SIP41.9-4-2SR3-1S');
    case 'form': {
      const samples = formSamples.filter(fits);
      return samples.length === 0 ? undefined : fc.constantFrom(...samples);
    }
  }
}

/** Some of these settings, each in one of the scopes. */
export function someSettings(
  choices: readonly (readonly [name: string, value: fc.Arbitrary<string>])[],
): fc.Arbitrary<{ readonly values: SettingValues; readonly settings: EffectiveSettings }> {
  const scope = fc.constantFrom(...settingScopes);
  const one = ([name, value]: (typeof choices)[number]) =>
    fc.tuple(fc.constant(name), value, scope);
  return fc
    .uniqueArray(fc.nat(choices.length - 1), { maxLength: 60 })
    .chain((picked) => fc.tuple(...choices.filter((_, at) => picked.includes(at)).map(one)))
    .map((entries) => {
      const layers = entries.map(([name, value, of]) => ({
        ...{ scope: of, name: of === 'fleet' ? '' : 'one', values: { [name]: value } },
      }));
      const values = Object.fromEntries(entries.map(([name, value]) => [name, value]));
      return { values, settings: effectiveSettings(layers) };
    });
}
