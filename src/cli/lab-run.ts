import type { ProvisionEvent } from '../core/asking.ts';
import type { Mac } from '../wire/mac.ts';
import type { TwinLine } from './twin-events.ts';

export type LabOptions = {
  readonly phones: number;
  /** Where the server listens, unless another program does. */
  readonly tftp: string;
  readonly timeScale: number;
  readonly signal: AbortSignal;
};

export type LabEvent =
  | ProvisionEvent
  | { readonly kind: 'twin'; readonly mac: Mac; readonly line: TwinLine }
  | { readonly kind: 'note'; readonly mac?: Mac; readonly text: string };

export type LabPhone = {
  readonly mac: Mac;
  readonly model: string;
  readonly starts: string;
  readonly wanted: string;
  readonly story: string;
};

/** What became of a phone of the lab. One that is registered stays so, and listens. */
export type LabEnd = {
  readonly state: 'idle' | 'stuck';
  readonly image: string;
  readonly registered: boolean;
};

export type LabRun = {
  readonly phones: readonly LabPhone[];
  readonly listen: Readonly<Record<string, string>>;
  /** One end for each phone, when all have come to their image or are given up. */
  readonly settled: Promise<readonly LabEnd[]>;
  stop(): Promise<void>;
};
