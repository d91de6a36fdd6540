/**
 * The model that a label on a phone or a text in a file means: `CP-7960G`, `Cisco 7960` and
 * `IP Phone 7960` are `7960`. Undefined where it means none or more than one of the names.
 */
export function modelNamed(names: readonly string[], text: string): string | undefined {
  const words = text.split(/[\s,;/]+/).map((word) => word.replace(/^CP-/i, '').toUpperCase());
  const meant = words.flatMap((word) => {
    const exact = names.find((name) => name.toUpperCase() === word);
    return exact ?? names.find((name) => `${name.toUpperCase()}G` === word) ?? [];
  });
  return new Set(meant).size === 1 ? meant[0] : undefined;
}
