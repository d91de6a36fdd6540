import type { PhoneFamily } from '../../model/family.ts';
import type { Phone } from '../../model/phone.ts';
import type { Store } from '../../model/store.ts';
import type { Mac } from '../../wire/mac.ts';
import type { Clock } from '../clock.ts';
import type { Identifier, Identity } from '../identify.ts';

/** Who asks. With `holder` it is that phone, and it asks for the file of another one. */
export type Asker = { readonly who: Identity; readonly holder?: Mac };

export type AskerParts = {
  readonly store: Pick<Store, 'phoneGet'>;
  readonly identifier: Identifier;
  readonly clock: Clock;
  readonly familyOf: (phone: Phone | undefined) => PhoneFamily | undefined;
};

/** Before a phone is taken for another one than it says, the network is asked again. */
export function createAskerLookup({ store, identifier, clock, familyOf }: AskerParts) {
  async function otherPhone({ holder, named }: Identity): Promise<Mac | undefined> {
    if (holder === undefined || named === undefined || holder === named) return undefined;
    return familyOf(await store.phoneGet(holder)) && holder;
  }

  return async (path: string, address: string): Promise<Asker> => {
    const who = identifier.identify(path, address, clock.now());
    if ((await otherPhone(who)) === undefined) return { who };
    const sure = await identifier.confirm(path, address, clock.now());
    const holder = await otherPhone(sure);
    return { who: sure, ...(holder !== undefined && { holder }) };
  };
}
