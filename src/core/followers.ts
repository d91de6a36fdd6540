import type { PhoneFamily } from '../model/family.ts';
import type { Phone } from '../model/phone.ts';
import type { Mac } from '../wire/mac.ts';
import { createFollower, type Follower, type FollowerOptions } from './follower.ts';
import { createSerial } from './serial.ts';
import { createUnsaved } from './unsaved.ts';

/** The followers of all phones that asked for something, each phone's events in turn. */
export type Followers = {
  familyOf(phone: Phone | undefined): PhoneFamily | undefined;
  /** Runs a task with the phone's follower, after all earlier ones of this phone. */
  inTurn<T>(mac: Mac, family: PhoneFamily, task: (follower: Follower) => Promise<T>): Promise<T>;
};

export type FollowersOptions = Omit<FollowerOptions, 'mac' | 'family' | 'inTurn'> & {
  readonly families: readonly PhoneFamily[];
  readonly onProblem: (error: unknown) => void;
};

export function createFollowers(options: FollowersOptions): Followers {
  const serial = createSerial();
  const unsaved = createUnsaved(options);
  const made = new Map<Mac, { readonly family: PhoneFamily; readonly follower: Follower }>();

  /** Called in turn: one at a time for each phone. */
  async function followerOf(mac: Mac, family: PhoneFamily): Promise<Follower> {
    const known = made.get(mac);
    if (known?.family === family) return known.follower;
    const inTurn = (task: () => Promise<void>) =>
      void serial.run(mac, task).catch(options.onProblem);
    const follower = await createFollower({ ...options, mac, family, inTurn });
    made.set(mac, { family, follower });
    return follower;
  }

  return {
    familyOf: (phone) => options.families.find(({ id }) => id === phone?.family),
    inTurn: (mac, family, task) =>
      serial.run(mac, () => unsaved.watching(mac, async () => task(await followerOf(mac, family)))),
  };
}
