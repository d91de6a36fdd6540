/** Values as the operator wrote them, by parameter name. */
export type SettingValues = Readonly<Record<string, string>>;

/** From least to most specific; the most specific wins. */
export const settingScopes = ['fleet', 'site', 'model', 'group', 'phone'] as const;
export type SettingScope = (typeof settingScopes)[number];

export type SettingLayer = {
  readonly scope: SettingScope;
  /** Which one: a model's or site's name, a MAC; empty for the fleet. */
  readonly name: string;
  readonly values: SettingValues;
};

/** A value and where it comes from. */
export type EffectiveSetting = { readonly value: string; readonly from: SettingLayer };
export type EffectiveSettings = ReadonlyMap<string, EffectiveSetting>;

/** Layers in the order of `settingScopes`; within a scope the later one wins. */
export function effectiveSettings(layers: readonly SettingLayer[]): EffectiveSettings {
  const effective = new Map<string, EffectiveSetting>();
  const rank = (layer: SettingLayer) => settingScopes.indexOf(layer.scope);
  for (const layer of layers.toSorted((a, b) => rank(a) - rank(b)))
    for (const [name, value] of Object.entries(layer.values))
      effective.set(name, { value, from: layer });
  return effective;
}
