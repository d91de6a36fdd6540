import type { PhoneFamily } from '../model/family.ts';
import { secretsOf } from './secrets.ts';
import { textOf } from './served.ts';

/** A file as people may see it; undefined for what is no text, or may hold secrets that no family finds. */
export type ShowText = (path: string, bytes: Uint8Array) => string | undefined;

const hidden = '********';

/** Lines stay where they are. */
export function showTextBy(
  families: readonly Pick<PhoneFamily, 'withoutSecrets' | 'parameters'>[],
): ShowText {
  const readers = [...new Set(families.map((family) => family.withoutSecrets))];
  const names = secretsOf(families);
  return (path, bytes) => {
    for (const read of readers) {
      const shown = read(path, bytes, hidden);
      if (shown.kind === 'read') return textOf(shown.bytes);
      if (shown.kind === 'whole-or-not') return undefined;
    }
    const text = textOf(bytes);
    return text === undefined || names.areIn(text) ? undefined : text;
  };
}
