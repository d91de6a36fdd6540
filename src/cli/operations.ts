import type { WorkspaceConfig } from '../config.ts';
import type { ProvisionEvent } from '../core/asking.ts';
import type { PhoneFamily } from '../model/family.ts';
import type { FirmwareFile } from '../model/firmware.ts';
import type { Phone } from '../model/phone.ts';
import type { SettingLayer } from '../model/settings.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';

/** An open workspace. */
export type Workspace = {
  readonly dir: string;
  readonly config: WorkspaceConfig;
  readonly store: Store;
  layersFor(phone: Phone): readonly SettingLayer[];
  /** Reads a file of the firmware library. */
  firmware(name: string): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
};

export type ServeFlags = { readonly tftp?: string; readonly workers?: number };

export type Serving = {
  /** `HOST:PORT` by server. */
  readonly listen: Readonly<Record<string, string>>;
  stop(): Promise<void>;
};

export type TwinRequest = {
  readonly event: 'request';
  /** Milliseconds since the epoch, by the phone's own clock. */
  readonly at: number;
  readonly boot: number;
  readonly stage: string;
  readonly path: string;
  readonly outcome: string;
  readonly bytes: number;
};

export type TwinEnd = {
  readonly event: 'end';
  readonly state: 'idle' | 'stuck';
  readonly display: string;
  readonly protocol: string;
  readonly image: string;
  readonly loader: string;
  readonly boots: number;
  /** Why it is stuck. */
  readonly because?: string;
};

/** Anything else that a virtual phone shows or does, in words. */
export type TwinNews = {
  readonly event: 'display' | 'stage' | 'flash' | 'reboot' | 'refused';
  readonly text: string;
};
export type TwinLine = TwinRequest | TwinNews | TwinEnd;

export type TwinOptions = {
  readonly model: string;
  readonly mac: Mac;
  /** What it runs when it has no flash file yet. */
  readonly image?: string;
  /** File that keeps its memory between runs. */
  readonly flash?: string;
  readonly tftp: { readonly address: string; readonly port: number };
  /** Its own address. */
  readonly address?: string;
  readonly timeScale: number;
  readonly seed: number;
  readonly onLine: (line: TwinLine) => void;
  readonly signal?: AbortSignal | undefined;
};

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

/** What the program can do; commands turn words into calls of it and results into text. */
export type Operations = {
  readonly version: string;
  readonly families: readonly PhoneFamily[];
  now(): number;
  initWorkspace(dir: string): Promise<readonly string[]>;
  openWorkspace(dir: string): Promise<Workspace>;
  serve(
    workspace: Workspace,
    flags: ServeFlags,
    onEvent: (event: ProvisionEvent) => void,
  ): Promise<Serving>;
  bootTwin(options: TwinOptions): Promise<TwinEnd>;
  runLab(
    workspace: Workspace,
    options: LabOptions,
    onEvent: (event: LabEvent) => void,
  ): Promise<LabRun>;
  /** Rejects with the signal's reason when it is aborted. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
  /** Writes files below a folder, making it if need be; returns their paths. */
  writeFiles(dir: string, files: readonly FirmwareFile[]): Promise<readonly string[]>;
  readFile(path: string): Promise<Uint8Array>;
  exists(path: string): Promise<boolean>;
  /** Resolves when the operator asks the program to end (Ctrl-C, SIGTERM). */
  untilStopped(): Promise<void>;
};
