import type { LeaseDurability } from '../../model/lease.ts';
import type { LeaseValues } from '../lease-rows.ts';
import type { StoreErrorCode } from '../store-error.ts';

export type LeaseWorkerData = {
  readonly file: string;
  readonly busyTimeoutMs: number;
  readonly durability: LeaseDurability;
};

export type LeaseChange =
  | { readonly kind: 'put'; readonly rows: readonly LeaseValues[] }
  | { readonly kind: 'delete'; readonly addresses: readonly number[] }
  | { readonly kind: 'close' };

/** Of each change but `close`, in their order. */
export type LeaseOutcome = {
  readonly fault?: { readonly code: StoreErrorCode; readonly text: string };
};
