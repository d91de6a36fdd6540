import type { PhoneFamily } from '../../model/family.ts';
import type { HiddenSecrets } from '../../model/hidden-secrets.ts';
import { secretsOf } from '../secrets.ts';
import type { Found } from '../view.ts';

/** What those get of a file who may not see its secrets. */
export type Filtered =
  | { readonly kind: 'no-secrets' }
  | { readonly kind: 'without'; readonly bytes: Uint8Array; readonly names: readonly string[] }
  /** Nothing can be taken out of it, so that it is missing. */
  | { readonly kind: 'withheld'; readonly names: readonly string[] };

export type SecretFilter = (found: Pick<Found, 'bytes' | 'name' | 'secrets'>) => Filtered;

type FilterFamilies = readonly Pick<PhoneFamily, 'withoutSecrets' | 'parameters'>[];

const noSecrets: Filtered = { kind: 'no-secrets' };

/** Longer texts are not searched: no phone reads them, and no phone needs them. */
const longestText = 8 * 1024 * 1024;

/** Contents never change, so that each is looked into once as long as it is kept. */
export function createSecretFilter(families: FilterFamilies): SecretFilter {
  const readers = [...new Set(families.map((family) => family.withoutSecrets))];
  const names = secretsOf(families);
  const seen = new WeakMap<Uint8Array, { readonly name: string; readonly filtered: Filtered }>();

  function filter({ bytes, name, secrets = [] }: Parameters<SecretFilter>[0]): Filtered {
    const hidden = readBy(readers, name, bytes);
    if (hidden.kind === 'whole-or-not') return { kind: 'withheld', names: hidden.names };
    if (hidden.kind === 'unread') return looksOf(bytes, names.areIn, secrets);
    if (hidden.names.length > 0)
      return { kind: 'without', bytes: hidden.bytes, names: hidden.names };
    // What one reader does not find, the renderer knows that it wrote.
    return secrets.length > 0 ? { kind: 'withheld', names: secrets } : noSecrets;
  }

  return (found) => {
    const known = seen.get(found.bytes);
    if (known?.name === found.name) return known.filtered;
    const filtered = filter(found);
    seen.set(found.bytes, { name: found.name, filtered });
    return filtered;
  };
}

function readBy(
  readers: readonly PhoneFamily['withoutSecrets'][],
  name: string,
  bytes: Uint8Array,
): HiddenSecrets {
  for (const read of readers) {
    const hidden = read(name, bytes, '');
    if (hidden.kind !== 'unread') return hidden;
  }
  return { kind: 'unread' };
}

/** A text that speaks of passwords may hold some; what is no text is firmware, a ring or a picture. */
function looksOf(
  bytes: Uint8Array,
  speaksOf: (text: string) => boolean,
  secrets: readonly string[],
): Filtered {
  if (secrets.length > 0) return { kind: 'withheld', names: secrets };
  if (!isText(bytes)) return noSecrets;
  const isLong = bytes.length > longestText;
  const text = isLong ? '' : Buffer.from(bytes).toString('latin1').replaceAll('\0', '');
  return isLong || speaksOf(text) ? { kind: 'withheld', names: ['unreadable text'] } : noSecrets;
}

const lookedAt = 64 * 1024;
const mostControls = 0.02;

/** UTF-16 is text too: its zeros do not count. */
function isText(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, lookedAt).filter((byte) => byte !== 0);
  const controls = start.filter((byte) => byte < 0x20 && (byte < 0x09 || byte > 0x0d)).length;
  return controls <= start.length * mostControls;
}
