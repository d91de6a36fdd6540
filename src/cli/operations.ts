import type { FirstSections, WorkspaceConfig } from '../config.ts';
import type { ProvisionEvent } from '../core/asking.ts';
import type { FirmwareFolder } from '../core/firmware/firmware-folder.ts';
import type { ScopeSettings } from '../core/import-tree.ts';
import type { Planning } from '../core/plan.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { PhoneFamily } from '../model/family.ts';
import type { Finding } from '../model/finding.ts';
import type { FirmwareFile } from '../model/firmware.ts';
import type { TreeFile } from '../model/lint.ts';
import type { Phone } from '../model/phone.ts';
import type { RestartKind } from '../model/restart.ts';
import type { PlanMode } from '../model/plan.ts';
import type { Service } from '../model/service.ts';
import type { SettingLayer } from '../model/settings.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import type { LabEvent, LabOptions, LabRun } from './lab-run.ts';
import type { TwinEnd } from './twin-events.ts';
import type { StormEnd, StormOptions } from './twin-storm-run.ts';
import type { TwinFault, TwinOptions } from './twin-options.ts';

/** An open workspace. */
export type Workspace = {
  readonly dir: string;
  readonly config: WorkspaceConfig;
  readonly store: Store;
  layersFor(phone: Phone): readonly SettingLayer[];
  /** Reads a file that a hand put in, in any letter case. */
  handMadeFile(path: string): Promise<Uint8Array | undefined>;
  /** Reads a file of the firmware library. */
  firmware(name: string): Promise<Uint8Array | undefined>;
  /** What plans are made by: the library as it is, and the mode of the workspace unless one is said. */
  planning(mode?: PlanMode): Promise<Planning>;
  close(): Promise<void>;
};

/** The service that phones with UNIStim register with. */
export type IpcmOperations = {
  /** As long as nobody has changed anything. */
  readonly unprovisioned: Service;
  /** In the order in which they are shown. */
  readonly valueNames: readonly string[];
  valueProblem(name: string, value: string): string | undefined;
  /** The image that a version id stands for. */
  imageOfValue(name: string, value: string): string | undefined;
  /** The file that tells phones their servers, to be filled in. */
  readonly template: { readonly name: string; readonly text: string };
  /** What that file says; problems name line and cause. */
  pointers(
    workspace: Workspace,
  ): Promise<{ readonly pointers: readonly string[]; readonly problems: readonly string[] }>;
};

export type ServeFlags = {
  readonly tftp?: string;
  readonly files?: string;
  readonly sntp?: string;
  readonly sip?: string;
  readonly unistim?: string;
  readonly uftp?: string;
  /** An interface, or HOST:PORT. */
  readonly dhcp?: string;
  readonly workers?: number;
};

export type Serving = {
  /** `HOST:PORT` by server. */
  readonly listen: Readonly<Record<string, string>>;
  stop(): Promise<void>;
};

/** A plan to be tried on a virtual phone. */
export type PlanTrial = {
  readonly phone: Phone;
  readonly from: string;
  readonly to: string;
  /** The workspace's own where none is said. */
  readonly mode: PlanMode | undefined;
};

export type RebootOptions = {
  readonly kind: RestartKind;
  /** Sends nothing: a PBX sends the request itself. */
  readonly prepare?: boolean;
  /** `HOST:PORT` of the proxy that phones are registered with. */
  readonly via?: string;
  readonly user?: string;
  readonly password?: string;
};

export type RebootResult = {
  readonly mac: Mac;
  readonly outcome: 'taken' | 'prepared' | 'refused' | 'busy' | 'silent' | 'cannot';
  readonly text: string;
  /** What can be done where it cannot be asked. */
  readonly instead?: string;
};

/** What was found below a folder, or in one file as it stands in its folder. */
export type LintReport = {
  /** The folder that the places of findings are in. */
  readonly root: string;
  /** Files that phones may ask for. */
  readonly files: number;
  readonly findings: readonly Finding[];
};

/** A finding that was mended, or would be in a dry run, and what was done. */
export type Mended = { readonly finding: Finding; readonly did: string };

/** What the program can do; commands turn words into calls of it and results into text. */
export type Operations = {
  readonly version: string;
  readonly families: readonly PhoneFamily[];
  /** Whether the value of a setting is shown to nobody. */
  isSecret(setting: string): boolean;
  /** What may be wrong with phones of any family. */
  readonly ipcm: IpcmOperations;
  readonly commonDiagnoses: readonly Diagnosis[];
  now(): number;
  initWorkspace(dir: string, first?: FirstSections): Promise<readonly string[]>;
  openWorkspace(dir: string): Promise<Workspace>;
  isWorkspace(dir: string): Promise<boolean>;
  /** The library of a workspace, to look into and to change. */
  firmwareFolder(workspace: Workspace): FirmwareFolder;
  serve(
    workspace: Workspace,
    flags: ServeFlags,
    onEvent: (event: ProvisionEvent) => void,
  ): Promise<Serving>;
  /** Asks a phone to restart. */
  reboot(workspace: Workspace, mac: Mac, options: RebootOptions): Promise<RebootResult>;
  bootTwin(options: TwinOptions): Promise<TwinEnd>;
  twinStorm(options: StormOptions): Promise<StormEnd>;
  twinFaults(): Promise<readonly TwinFault[]>;
  /** Carries a virtual phone through a plan, on a server that nobody else sees. */
  tryPlan(workspace: Workspace, trial: PlanTrial): Promise<TwinEnd>;
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
  /** The bytes of a file in order, for one that may be larger than memory. */
  readChunks(path: string): AsyncIterable<Uint8Array>;
  exists(path: string): Promise<boolean>;
  /** The files below a folder, hidden ones and those of the workspace left out. */
  readTree(root: string, workspace: string): Promise<readonly TreeFile[]>;
  /** Copies files below one folder to places below another. */
  copyFiles(
    from: string,
    to: string,
    paths: readonly (readonly [from: string, to: string])[],
  ): Promise<void>;
  /** Adds settings to the workspace file; with `dry` only sees whether that can be done. */
  addSettings(workspace: string, scopes: readonly ScopeSettings[], dry: boolean): Promise<void>;
  /** Lints a folder, or a file as it stands in its folder. */
  lint(path: string): Promise<LintReport>;
  /** Mends what can be mended without harm; a dry run says what it would do. */
  mend(root: string, findings: readonly Finding[], dryRun: boolean): readonly Mended[];
  /** Resolves when the operator asks the program to end (Ctrl-C, SIGTERM). */
  untilStopped(): Promise<void>;
};
