import type { Mac } from '../wire/mac.ts';
import type { Boot, BootRequest } from './boot.ts';
import type { Phone } from './phone.ts';
import type { Progress } from './progress.ts';

/** An address and the phone that last proved to hold it. */
export type AddressTie = { readonly address: string; readonly mac: Mac; readonly seenAt: number };

/**
 * What is kept between runs. Every promise resolves when the change is on disk. A store is used by
 * one process at a time.
 */
export type Store = {
  phonePut(phone: Phone): Promise<void>;
  phoneGet(mac: Mac): Promise<Phone | undefined>;
  phoneList(): Promise<readonly Phone[]>;
  /** False when there was none. Its boots, progress and ties go with it. */
  phoneDelete(mac: Mac): Promise<boolean>;
  /** Sets `running` alone, so that a change by an operator at the same time is not undone. */
  runningPut(mac: Mac, image: string): Promise<void>;

  progressPut(progress: Progress): Promise<void>;
  progressGet(mac: Mac): Promise<Progress | undefined>;
  progressList(): Promise<readonly Progress[]>;

  tiePut(tie: AddressTie): Promise<void>;
  tieList(): Promise<readonly AddressTie[]>;

  /** Starts a boot and returns its id, which counts up over all phones. */
  bootStart(mac: Mac, at: number): Promise<number>;
  /** Appends requests to their boots, all or none. */
  requestsAppend(rows: readonly { bootId: number; request: BootRequest }[]): Promise<void>;
  /** Newest first. */
  bootList(mac: Mac, limit: number): Promise<readonly Boot[]>;
  /** In the order in which they were appended. */
  requestList(bootId: number): Promise<readonly BootRequest[]>;

  close(): Promise<void>;
};
