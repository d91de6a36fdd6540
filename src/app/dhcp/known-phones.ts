import type { Clock } from '../../core/clock.ts';
import type { WhoIs } from '../../core/dhcp/who.ts';
import type { PhoneFamily } from '../../model/family.ts';
import type { Phone } from '../../model/phone.ts';
import type { Store } from '../../model/store.ts';
import type { Mac } from '../../wire/mac.ts';

/** The inventory as it was a short while ago: a DHCP server cannot read the store for each message. */
export type KnownPhones = {
  phoneOf(mac: Mac | undefined): Phone | undefined;
  readonly whoIs: WhoIs;
  stop(): void;
};

/** Milliseconds between two readings of the inventory. */
const reads = 5000;

export async function openKnownPhones(
  store: Store,
  families: readonly PhoneFamily[],
  clock: Clock,
  onProblem: (error: unknown) => void,
): Promise<KnownPhones> {
  let phones = await read(store);
  let callOff = again();

  function again(): () => void {
    return clock.after(reads, () => {
      read(store)
        .then((next) => {
          phones = next;
        }, onProblem)
        .finally(() => {
          if (!isStopped) callOff = again();
        });
    });
  }

  let isStopped = false;
  const phoneOf = (mac: Mac | undefined) => (mac === undefined ? undefined : phones.get(mac));
  return {
    phoneOf,
    whoIs(introduction) {
      const phone = phoneOf(introduction.mac);
      if (phone) return { model: phone.model, labels: phone.labels };
      const claims = families.flatMap(({ dhcp }) => dhcp.identify(introduction) ?? []);
      // Families that are related may both claim a phone that names no model.
      const { model } = claims.find((claim) => claim.model !== undefined) ?? {};
      if (claims.length === 0) return undefined;
      return { labels: {}, ...(model !== undefined && { model }) };
    },
    stop() {
      isStopped = true;
      callOff();
    },
  };
}

async function read(store: Store): Promise<ReadonlyMap<Mac, Phone>> {
  return new Map((await store.phoneList()).map((phone) => [phone.mac, phone]));
}
