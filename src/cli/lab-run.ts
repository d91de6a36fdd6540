import type { ProvisionEvent } from '../core/asking.ts';
import type { Mac } from '../wire/mac.ts';
import type { TwinEnd, TwinLine } from './twin-events.ts';

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

export type LabRun = {
  readonly phones: readonly LabPhone[];
  readonly listen: Readonly<Record<string, string>>;
  /** One end for each phone, when all are idle on their image or given up. */
  readonly settled: Promise<readonly TwinEnd[]>;
  stop(): Promise<void>;
};
