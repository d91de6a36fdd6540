import type { PhoneFamily } from '../../model/family.ts';
import type { Store } from '../../model/store.ts';
import type { Mac } from '../../wire/mac.ts';
import type { Clock } from '../clock.ts';
import type { Identifier, Identity } from '../identify.ts';
import type { Found } from '../view.ts';
import { ownersOf } from './owners.ts';
import { createSecretFilter } from './secret-filter.ts';

/** What may be sent of a file, and what is not. */
export type Guarded = {
  readonly found?: Found;
  /** What the asker does not get, and who he is taken for. */
  readonly withheld?: Withheld;
  /** It has secrets, and the asker gets them. */
  readonly isWhole?: true;
};

export type Withheld = {
  readonly path: string;
  readonly address: string;
  readonly names: readonly string[];
  /** The file is missing to him, because nothing can be taken out of it. */
  readonly isMissing: boolean;
  readonly who: Identity;
};

export type GuardParts = {
  readonly store: Pick<Store, 'phoneGet'>;
  readonly families: readonly PhoneFamily[];
  readonly identifier: Pick<Identifier, 'confirm'>;
  readonly clock: Clock;
};

/** A file as found for somebody; `madeFor` is the phone in whose view it was looked up. */
export type Given = {
  readonly asking: { readonly path: string; readonly address: string };
  readonly found: Found | undefined;
  readonly who: Identity;
  readonly madeFor?: Mac | undefined;
};

export type Guard = (given: Given) => Promise<Guarded>;

/** Lets secrets through to those alone who hold the MAC that they are for. */
export function createGuard(parts: GuardParts): Guard {
  const { store, families, identifier, clock } = parts;
  const filter = createSecretFilter(families);

  function macOf(path: string): Mac | undefined {
    for (const family of families) {
      const mac = family.macOf(path);
      if (mac !== undefined) return mac;
    }
    return undefined;
  }

  /** He holds the one MAC that the file is for; one that is for all is for every phone that we know. */
  async function mayHave(who: Identity, { asking, found, madeFor }: Given): Promise<boolean> {
    if (who.mac === undefined || !who.verified) return false;
    const generatedFor = found?.source === 'generated' ? madeFor : undefined;
    const names = [asking.path, found?.name ?? ''];
    const owners = ownersOf({ names, madeFor: generatedFor, macOf });
    if (owners.length > 0) return owners.every((owner) => owner === who.mac);
    return (await store.phoneGet(who.mac)) !== undefined;
  }

  return async (given) => {
    const { found, asking, who } = given;
    if (!found || found.source === 'library') return found ? { found } : {};
    // What was generated says itself what is secret in it: the holder of a phone need not wait.
    const { secrets } = found;
    if (secrets && (await mayHave(who, given)))
      return { found, ...(secrets.length > 0 && { isWhole: true }) };
    const filtered = filter(found);
    if (filtered.kind === 'no-secrets') return { found };
    if (await mayHave(who, given)) return { found, isWhole: true };
    // The neighbour table is read now and then only; before a phone is left without, it is asked.
    const sure = await identifier.confirm(asking.path, asking.address, clock.now());
    if (await mayHave(sure, given)) return { found, isWhole: true };
    const { names } = filtered;
    const { path, address } = asking;
    const isMissing = filtered.kind === 'withheld';
    const withheld = { path, address, names, isMissing, who: sure };
    if (filtered.kind === 'withheld') return { withheld };
    // Not the time of the whole file, which changes with its secrets.
    return { found: { bytes: filtered.bytes, source: found.source, name: found.name }, withheld };
  };
}
