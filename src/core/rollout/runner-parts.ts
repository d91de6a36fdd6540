import type { PhoneFamily } from '../../model/family.ts';
import type { Phone } from '../../model/phone.ts';
import type { Store } from '../../model/store.ts';
import type { Mac } from '../../wire/mac.ts';
import type { Clock } from '../clock.ts';
import type { Planning } from '../plan.ts';
import type { AskAnswer } from './phone-events.ts';

/** What is known of phones beside what they ask for. */
export type RolloutFacts = {
  /** Network of the address that it has; undefined where that is not known. */
  subnetOf(mac: Mac): string | undefined;
  /** When it last registered, if it still is; undefined where it is not or nobody knows. */
  registeredAt(mac: Mac): number | undefined;
  /** Its own IANA zone or its site's. */
  zoneOf(phone: Phone): string | undefined;
};

/** For people who watch. */
export type RolloutNews = {
  readonly kind: 'rollout';
  readonly rollout: string;
  readonly at: number;
  /** Of one phone; else of the rollout. */
  readonly mac?: Mac;
  readonly state: string;
  readonly text: string;
};

/** The first time after `after` that a cron expression, or a date and time, means in a zone. */
export type NextRun = (schedule: string, zone: string, after: number) => number | undefined;

export type RolloutRunnerOptions = {
  readonly store: Store;
  readonly clock: Clock;
  readonly families: readonly PhoneFamily[];
  /** Asks a phone to restart. Resolves when it is known what became of that; a rejection is told. */
  readonly ask: (mac: Mac, reason: string) => Promise<AskAnswer>;
  readonly facts: RolloutFacts;
  readonly planning: () => Promise<Planning>;
  readonly nextRun: NextRun;
  readonly onEvent: (news: RolloutNews) => void;
  readonly onProblem: (error: unknown) => void;
  /** How often the store is asked what people want; never when undefined. */
  readonly pollMs?: number;
  readonly busyWaitMs?: number;
};
