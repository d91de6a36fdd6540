import type { Mac } from '../wire/mac.ts';
import type { Binding, BindingKey } from './binding.ts';
import type { Boot, BootEvent, BootRequest, KeptEvent, KeptRequest } from './boot.ts';
import type { PhoneFinding } from './finding.ts';
import type { Lease } from './lease.ts';
import type { Phone } from './phone.ts';
import type { Progress, ProgressChange } from './progress.ts';
import type { Restart } from './restart.ts';
import type {
  Rollout,
  RolloutIntent,
  RolloutOrder,
  RolloutPhone,
  RolloutPhoneChange,
  RolloutWrite,
} from './rollout.ts';
import type { PhoneRevision } from './revision.ts';
import type { ServedFile } from './served.ts';
import type { Service } from './service.ts';
import type { Watched } from './watched.ts';

/** An address and the phone that last proved to hold it. */
export type AddressTie = { readonly address: string; readonly mac: Mac; readonly seenAt: number };

/** What is not named stays; null takes it away. */
export type WantedChange = {
  readonly image?: string | null;
  readonly settings?: Readonly<Record<string, string | null>>;
};

/** Ids of a request and an event; 0 is before all. */
export type NewsMark = { readonly request: number; readonly event: number };

export type BootNews = {
  readonly requests: readonly KeptRequest[];
  readonly events: readonly KeptEvent[];
};

/**
 * What is kept between runs. Every promise resolves when the change is on disk. A store is used by
 * one process at a time.
 */
export type Store = {
  phonePut(phone: Phone): Promise<void>;
  /** All or none. */
  phonesPut(phones: readonly Phone[]): Promise<void>;
  phoneGet(mac: Mac): Promise<Phone | undefined>;
  phoneList(): Promise<readonly Phone[]>;
  /** False when there was none. All that is kept of it goes with it. */
  phoneDelete(mac: Mac): Promise<boolean>;
  /** Sets `running` alone, so that a change by an operator at the same time is not undone. */
  runningPut(mac: Mac, image: string): Promise<void>;
  /** Changes what it should run and these settings alone, as `runningPut` does. */
  wantedPut(mac: Mac, change: WantedChange): Promise<void>;

  /** Each is kept in the phone's history as well. */
  progressPut(progress: Progress): Promise<void>;
  progressGet(mac: Mac): Promise<Progress | undefined>;
  progressList(): Promise<readonly Progress[]>;
  /** The phone is planned anew when it is next seen. */
  progressDelete(mac: Mac): Promise<void>;
  /** Every progress that was put, in that order. */
  progressHistory(mac: Mac): Promise<readonly ProgressChange[]>;

  /** Replaces the phone's finding of this code. */
  findingPut(finding: PhoneFinding): Promise<void>;
  /** By time, then MAC and code; of all phones, or of one. */
  findingList(mac?: Mac): Promise<readonly PhoneFinding[]>;
  /** Nothing happens where there is none. */
  findingDelete(mac: Mac, code: string): Promise<void>;

  tiePut(tie: AddressTie): Promise<void>;
  tieList(): Promise<readonly AddressTie[]>;

  /** Starts a boot and returns its id, which counts up over all phones. */
  bootStart(mac: Mac, at: number): Promise<number>;
  /** The same for several boots at once, all or none; their ids in that order. */
  bootsStart(boots: readonly { mac: Mac; at: number }[]): Promise<readonly number[]>;
  /** Appends requests to their boots, all or none. */
  requestsAppend(rows: readonly { bootId: number; request: BootRequest }[]): Promise<void>;
  /** The same for events. */
  eventsAppend(rows: readonly { bootId: number; event: BootEvent }[]): Promise<void>;
  /** Newest first. */
  bootList(mac: Mac, limit: number): Promise<readonly Boot[]>;
  /** In the order in which they were appended. */
  requestList(bootId: number): Promise<readonly BootRequest[]>;
  eventList(bootId: number): Promise<readonly BootEvent[]>;
  /** What was appended after these ids, of all phones, at most `limit` of each; for those who watch. */
  bootNews(after: NewsMark, limit: number): Promise<BootNews>;
  /** The ids of what was appended last. */
  newsMark(): Promise<NewsMark>;
  /**
   * Forgets boots that began before, at most so many, with all that belongs to them, and returns how
   * many. The newest boot of a phone of the inventory stays: it tells where the phone stands.
   */
  bootsPrune(before: number, most: number): Promise<number>;

  /** All or none; each replaces what was kept of its phone and path. */
  servedPut(files: readonly ServedFile[]): Promise<void>;
  /** In the order of their paths, capital letters first. */
  servedList(mac: Mac): Promise<readonly ServedFile[]>;

  /** By name. */
  rolloutList(): Promise<readonly Rollout[]>;
  rolloutGet(name: string): Promise<Rollout | undefined>;
  /**
   * Puts a rollout and phones of rollouts, each phone into its history as well. Rejects with a
   * StoreError `phone-taken` where a phone that is open in it (`isOpen`) is open in another rollout.
   */
  rolloutWrite(write: RolloutWrite): Promise<void>;
  /** By MAC; all, or those of one rollout. */
  rolloutPhones(rollout?: string): Promise<readonly RolloutPhone[]>;
  /** In the order in which they were put. */
  rolloutHistory(rollout: string, mac?: Mac): Promise<readonly RolloutPhoneChange[]>;
  /** False when there was none. Its phones, their history and its intents go with it. */
  rolloutDelete(name: string): Promise<boolean>;
  /** Returns its id, which counts up. */
  intentAdd(rollout: string, order: RolloutOrder, at: number): Promise<number>;
  /** In the order in which they were added; those that are carried out are gone. */
  intentList(): Promise<readonly RolloutIntent[]>;
  /** All or none; each replaces what was kept of its phone. */
  watchedPut(watched: readonly Watched[]): Promise<void>;
  watchedGet(mac: Mac): Promise<Watched | undefined>;
  /** All or none; each replaces the lease of its address. A thousand of them cost a few milliseconds. */
  leasesPut(leases: readonly Lease[]): Promise<void>;
  /** By address. What was put or deleted before is seen. They stay when a phone is deleted. */
  leaseList(): Promise<readonly Lease[]>;
  /** All or none; nothing happens for an address that has none. */
  leasesDelete(addresses: readonly string[]): Promise<void>;

  /** Puts bindings, each in place of that of its user and contact, and deletes others; all or none. */
  bindingsChange(put: readonly Binding[], gone: readonly BindingKey[]): Promise<void>;
  /** By user and contact; those that have run out too. They go with their phone. */
  bindingList(): Promise<readonly Binding[]>;

  /** Replaces what was asked of its phone before. */
  restartPut(restart: Restart): Promise<void>;
  restartGet(mac: Mac): Promise<Restart | undefined>;
  /** In the order in which they were asked for. */
  restartList(): Promise<readonly Restart[]>;
  /** Nothing happens where there is none. */
  restartDelete(mac: Mac): Promise<void>;

  /** Replaces the revision of its phone and path. */
  revisionPut(revision: PhoneRevision): Promise<void>;
  /** In the order of their paths. They go with their phone. */
  revisionList(mac: Mac): Promise<readonly PhoneRevision[]>;

  /** Replaces what the service was provisioned with; kept in its history as well. */
  servicePut(service: Service): Promise<void>;
  serviceGet(name: string): Promise<Service | undefined>;
  /** Every one that was put, in that order. */
  serviceHistory(name: string): Promise<readonly Service[]>;

  close(): Promise<void>;
};
