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

export type TwinRequest = {
  readonly event: 'request';
  /** Milliseconds since the epoch, by the phone's own clock. */
  readonly at: number;
  readonly boot: number;
  readonly stage: string;
  readonly path: string;
  readonly outcome: string;
  readonly bytes: number;
  /** TFTP where it is not said. */
  readonly protocol?: string;
};

/** A request for the time, once it is known what became of it. */
export type TwinTime = {
  readonly event: 'time';
  /** Milliseconds since the epoch, by the phone's own clock. */
  readonly at: number;
  readonly boot: number;
  readonly stage: string;
  readonly server: string;
  readonly outcome: 'set' | 'refused' | 'silent';
  readonly because?: string;
  /** Milliseconds by which its clock was behind. */
  readonly behindMs?: number;
  readonly stratum?: number;
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
  /** Of a phone that spoke SIP: what became of its lines. */
  readonly lines?: readonly TwinLineState[];
  /** Times that a NOTIFY restarted it. */
  readonly restarts?: number;
};

/** A line's registration at the end. */
export type TwinLineState = {
  readonly line: string;
  readonly state: 'registered' | 'refused' | 'silent' | 'unregistered' | 'registering';
  /** `ADDRESS:PORT` that answered, or did not. */
  readonly peer?: string;
  readonly because?: string;
};

/** What every line of a virtual phone's SIP has. */
type TwinSipLine = { readonly at: number; readonly boot: number };

/** A SIP message that a virtual phone sent or got, repeated ones too. */
export type TwinSipMessage = TwinSipLine & {
  readonly event: 'sip';
  readonly from: 'phone' | 'peer';
  readonly peer: string;
  readonly method: string;
  readonly status?: number;
  readonly reason?: string;
  readonly callId?: string;
  /** Of a NOTIFY. */
  readonly package?: string;
};

/** What became of a registration. */
export type TwinRegistration = TwinSipLine & {
  readonly event: 'registration';
  readonly line: string;
  readonly state: 'registered' | 'refused' | 'silent' | 'unregistered';
  readonly peer?: string;
  /** Seconds. */
  readonly expires?: number;
  readonly because?: string;
};

/** A call of a virtual phone. */
export type TwinCall = TwinSipLine & {
  readonly event: 'call';
  readonly line: string;
  readonly caller: string;
  readonly state: 'ringing' | 'answered' | 'ended' | 'refused';
  readonly because?: string;
};

/** What a NOTIFY has come to. */
export type TwinRestart = TwinSipLine & { readonly event: 'restart'; readonly text: string };

export type TwinSipEvent = TwinSipMessage | TwinRegistration | TwinCall | TwinRestart;

/** A DHCP message that a virtual phone sent or got. Addresses are dotted. */
export type TwinDhcpMessage = {
  readonly event: 'dhcp';
  /** Milliseconds since the epoch, by the phone's own clock. */
  readonly at: number;
  readonly boot: number;
  readonly stage: string;
  readonly message: string;
  readonly from: 'phone' | 'server';
  readonly server?: string;
  /** Asked for, offered, given. */
  readonly address?: string;
  readonly leaseSeconds?: number;
  /** What the phone takes for its TFTP server, and from where. */
  readonly tftp?: string;
  readonly tftpFrom?: string;
  /** Why it was sent, or is not taken. */
  readonly because?: string;
};

/** What an IP Phone 2004 and its UNIStim server said to each other, or at a transfer by UFTP. */
export type TwinUnistim = {
  readonly event: 'unistim';
  /** Milliseconds since the epoch, by the phone's own clock. */
  readonly at: number;
  readonly boot: number;
  readonly stage: string;
  readonly from: 'phone' | 'server';
  /** `ADDRESS:PORT` of the server. */
  readonly peer: string;
  readonly text: string;
};

/** Anything else that a virtual phone shows or does, in words. */
export type TwinNews = {
  readonly event: 'display' | 'stage' | 'flash' | 'reboot' | 'refused';
  readonly text: string;
};
export type TwinLine =
  TwinRequest | TwinTime | TwinDhcpMessage | TwinSipEvent | TwinUnistim | TwinNews | TwinEnd;

/** Something that can be wrong with a virtual phone. */
export type TwinFault = {
  readonly name: string;
  readonly help: string;
  /** How a phone with it ends. */
  readonly ends: string;
  readonly families: readonly string[];
  /** What the number after its name is; none follows where this is missing. */
  readonly value?: string;
  readonly usual?: number;
};

type HostPort = { readonly address: string; readonly port: number };

export type TwinSipOptions = {
  /** Where all requests go in place of the proxy that its settings name. */
  readonly proxy?: HostPort;
  /** When it ends: all lines are registered; a NOTIFY restarted it and they are again; never. */
  readonly until: 'registered' | 'restarted' | 'stay';
  /** Ends a phone that would stay. */
  readonly stopped?: AbortSignal;
  /** Seconds after which somebody takes a call; nobody does where it is left out. */
  readonly answersAfter?: number;
  /** Seconds after which that somebody hangs up; the other side does where it is left out. */
  readonly hangsUpAfter?: number;
};

export type TwinOptions = {
  readonly model: string;
  readonly mac: Mac;
  /** What it runs when it has no flash file yet. */
  readonly image?: string;
  /** File that keeps its memory between runs. */
  readonly flash?: string;
  readonly tftp?: HostPort;
  /** The DHCP server that it asks for its address and its TFTP server; `tftp` is left out then. */
  readonly dhcp?: HostPort;
  /** Port of the TFTP server that DHCP names; 69 when left out. */
  readonly tftpPort?: number;
  /** The server that it asks by HTTP first; as its model and load have it when left out. */
  readonly http?: HostPort | 'never';
  /** Asked for the time in place of the server that its settings name; that one when left out. */
  readonly sntp?: HostPort | 'never';
  /** How it speaks SIP; left out, it ends when it is idle. */
  readonly sip?: TwinSipOptions;
  /** The UNIStim server of a phone that has no S1 yet. */
  readonly unistim?: HostPort;
  /** S1 and S2 as entered at the phone: `192.0.2.10:5000,1,10`. */
  readonly s1?: string;
  readonly s2?: string;
  /** The keys that somebody presses. */
  readonly press?: 'FirmW';
  /** Who logs in to a phone that asks for it. */
  readonly login?: { readonly user: string; readonly password: string };
  /** Release of its boot code, for phones that have one: `8-3-3`. */
  readonly bootCode?: string;
  /** `NAME` or `NAME=NUMBER`. */
  readonly faults?: readonly string[];
  /** Its own address. */
  readonly address?: string;
  readonly timeScale: number;
  readonly seed: number;
  /** Takes every signature for good: vendors' keys are in their phones alone. */
  readonly trusting?: boolean;
  readonly onLine: (line: TwinLine) => void;
  readonly signal?: AbortSignal | undefined;
};

/** A plan to be tried on a virtual phone. */
export type PlanTrial = {
  readonly phone: Phone;
  readonly from: string;
  readonly to: string;
  /** The workspace's own where none is said. */
  readonly mode: PlanMode | undefined;
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
