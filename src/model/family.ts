import type { CodecNote } from '../codec/codec-note.ts';
import type { Mac } from '../wire/mac.ts';
import type { Protocol, RequestOutcome } from './boot.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { FamilyDhcp } from './family-dhcp.ts';
import type { FamilyRestart } from './family-restart.ts';
import type { FamilySip } from './family-sip.ts';
import type { FamilyTime } from './family-time.ts';
import type { Finding } from './finding.ts';
import type { FirmwareFile, ImageName } from './firmware.ts';
import type { FamilyFirmware } from './firmware-file.ts';
import type { HiddenSecrets } from './hidden-secrets.ts';
import type { ImportedTree, ImportOptions } from './import.ts';
import type { FamilyLint, TreeFile } from './lint.ts';
import type { ParameterTable } from './parameter.ts';
import type { Model } from './phone.ts';
import type { LoadOrder, PlanMode, Refusal, UpgradeStep } from './plan.ts';
import type { Rendered } from './render.ts';
import type { Revisions } from './revision.ts';
import type { EffectiveSettings } from './settings.ts';

/** What a renderer knows of the phone that it writes files for. */
export type RenderInput = {
  readonly mac: Mac;
  readonly model: Model;
  readonly settings: EffectiveSettings;
  /** What the phone is told to load; undefined names no image and leaves it as it is. */
  readonly order: LoadOrder | undefined;
  /** A word by which the phone, when it asks whether to restart, sees that it shall. */
  readonly restart?: string;
  /** Of the files in `PhoneFamily.revised`, and of images that it passed over. */
  readonly revisions?: Revisions;
};

/** What a request, before or after its answer, says of the phone that made it. */
export type BootFact =
  | { readonly kind: 'boot'; readonly because: string }
  | { readonly kind: 'phase'; readonly phase: string; readonly because: string }
  /** It runs some image of one of these sorts; every plan from `image` is right for it. */
  | {
      readonly kind: 'runs-like';
      readonly sorts: readonly string[];
      readonly image: string;
      readonly because: string;
    }
  /** It was told to run the image and took nothing: it runs it, or `instead` and cannot ask for it. */
  | {
      readonly kind: 'keeps';
      readonly image: string;
      readonly instead: string;
      readonly because: string;
    }
  /** It took an image and started again; what it asks for next confirms or denies it. */
  | { readonly kind: 'restarted-with'; readonly image: string; readonly because: string }
  | { readonly kind: 'runs'; readonly image: string; readonly because: string }
  /** It was given the image and does not run it; `cameBack` where it restarted with it all the same. */
  | {
      readonly kind: 'refused';
      readonly image: string;
      readonly because: string;
      readonly cameBack?: true;
    }
  /**
   * It was told of a file, or of an image by its file, and took nothing of it though what it was told
   * was newer than what it is known to have: it has something of a higher version.
   */
  | { readonly kind: 'passed-over'; readonly path: string; readonly because: string }
  /** It took such a file. */
  | { readonly kind: 'took'; readonly path: string; readonly because: string }
  /** A state that people must know of; given again as long as it lasts. */
  | { readonly kind: 'finding'; readonly finding: Finding; readonly because: string }
  /** Findings with these codes, if there are any, are behind it. */
  | { readonly kind: 'mended'; readonly codes: readonly string[]; readonly because: string };

/** What a phone that is on its way does next. One that only rests has nothing to be late with. */
export type Expectation = {
  /** From the last answer, on a real phone: the most that was seen, and a generous margin. */
  readonly withinMs: number;
  /** What to say of a phone that did not ask for anything by then. Codes begin with `late-`. */
  readonly finding: Finding;
};

export type SeenRequest = {
  readonly path: string;
  readonly at: number;
  /** TFTP or HTTP where it is not said. */
  readonly protocol?: Protocol;
};
export type SeenAnswer = SeenRequest & {
  readonly outcome: RequestOutcome;
  /** What was sent, where it is small enough to be a configuration file. */
  readonly text?: string;
};

/** What a phone said of itself when a session with a server of ours began. */
export type SeenReport = {
  readonly at: number;
  /** A session began, and it said what it runs: the version. */
  readonly firmware: string;
};

/**
 * Follows one phone through its boots by its requests alone. The state is plain data. Only what
 * the phone asked for counts; that a file was sent proves nothing.
 */
export type FactWatch<State> = {
  readonly start: State;
  /** Before the request is answered. */
  asked(state: State, request: SeenRequest): { state: State; facts: readonly BootFact[] };
  /** After the transfer has ended. */
  answered(state: State, answer: SeenAnswer): { state: State; facts: readonly BootFact[] };
  /** Left out where its phones keep no sessions. */
  told?(state: State, report: SeenReport): { state: State; facts: readonly BootFact[] };
  /** Called when nothing was asked for `settleMs`. */
  settled(state: State): { state: State; facts: readonly BootFact[] };
  readonly settleMs: number;
};

/** Knows as well what the phone must ask for next. */
export type BootWatch<State> = FactWatch<State> & {
  /** Counts up when states change their form; one of another form is not recalled. */
  readonly form: number;
  /** Undefined where it cannot be late. */
  expects(state: State): Expectation | undefined;
  /** After the server was away: what it may have missed must not count against the phone. */
  recalled(state: State): State;
};

/** What a file says, as JSON; passwords masked. */
export type DecodedData = Readonly<Record<string, unknown>> & {
  /** What is odd in it; given out as findings. */
  readonly notes?: readonly CodecNote[];
};

/** A kind of file that phones of a family read. */
export type FileFormat = {
  readonly format: string;
  matches(name: string, bytes: Uint8Array): boolean;
  /** Throws a CodecError that names the place. */
  decode(name: string, bytes: Uint8Array): DecodedData;
};

/** How phones of a family get out of a state in which nothing starts. */
export type Rescue = {
  /** Codes of findings of phones that any image that starts brings back. */
  readonly states: readonly string[];
  /** Codes that are told of phones that nobody knows, too. */
  readonly tells: readonly string[];
  /** Whether the image starts on a phone in such a state. */
  starts(image: string): boolean;
  /** Of those that the library has files of, the best first. */
  preferred(had: readonly string[], wanted: string | undefined): readonly string[];
};

/** What a client gave away of itself, by which a family knows its phones. */
export type Traces = {
  /** Of files that it asked for, in order. */
  readonly paths: readonly string[];
  /** DHCP option 60. */
  readonly vendorClasses: readonly string[];
  /** DHCP option 12. */
  readonly hostNames: readonly string[];
  /** Of SIP. */
  readonly userAgents: readonly string[];
};

/** That a client is a phone of the family. */
export type Recognised = {
  /** From 1 to 100: a family with a higher score has it. */
  readonly score: number;
  /** Where the traces tell one. */
  readonly model?: string;
  readonly because: string;
};

/** A family of phones: one folder, one object. */
export type PhoneFamily = {
  readonly id: string;
  readonly vendor: string;
  readonly models: readonly Model[];
  /** The MAC in a path that phones of this family ask for. */
  macOf(path: string): Mac | undefined;
  /** Whether the library serves this path; control files beside the images are not for phones. */
  isFirmware(path: string): boolean;
  parseImage(name: string): ImageName | undefined;
  /** What its firmware files are and what an image is made of. */
  readonly firmware: FamilyFirmware;
  /** Why the model cannot run an image of the family, where not every model runs every image. */
  imageProblem?(image: string, model: Model): Finding | undefined;
  /** Images that a configuration file names, by their canonical names; none where it is unreadable. */
  namedImages?(path: string, text: string): readonly string[];
  /**
   * What a phone that runs an image will not take of a configuration file that somebody made by hand,
   * and what it will take again.
   */
  notTaken?(path: string, text: string, running: string): readonly BootFact[];
  /** The files that make up an image in the library. */
  imageFiles(image: string): readonly string[];
  /** Whether one step leads from one image to another, and which. Names are as `parseImage` gives. */
  step(from: ImageName, to: ImageName, mode: PlanMode): UpgradeStep | Refusal;
  /**
   * Images that a plan from one to the other may pass through, in order of preference. `had` are
   * images of the library, of which some may do as well as those that the rules name.
   */
  intermediates(from: ImageName, to: ImageName, had: readonly ImageName[]): readonly ImageName[];
  /** The sort, as in the fact `runs-like`, that phones with this image are of. */
  sortOf(image: string): string;
  /** What a phone that runs this image is told to load, so that it stays there. */
  steadyOrder(image: string): LoadOrder;
  /**
   * For a phone that runs something like this image, or of which nothing is known: its settings, and
   * nothing to load. Undefined where that could harm it.
   */
  settingsOrder(image: string | undefined): LoadOrder | undefined;
  /**
   * Paths of generated files of whose changes another file tells by a version: `render` is given how
   * often each has changed.
   */
  readonly revised?: readonly string[];
  /** All files that the phone may ask for, firmware left out. Never throws for what settings say. */
  render(input: RenderInput): Rendered;
  /** What the phones' files, menus and settings may say. Families may share tables. */
  readonly parameters: readonly ParameterTable[];
  /** What its phones make of the time; undefined if they get the local time from a server. */
  readonly time?: FamilyTime;
  readonly dhcp: FamilyDhcp;
  /** Left out where its phones do not register by SIP. */
  readonly sip?: FamilySip;
  /** How its phones are restarted from afar; left out where nothing from here can do it. */
  readonly restart?: FamilyRestart;
  readonly formats: readonly FileFormat[];
  /**
   * A file for those who may not see its secrets: of the same syntax, `instead` in the place of each.
   * With an empty `instead` comments go too, wherever there is a secret. Never throws. Families may
   * share it.
   */
  withoutSecrets(path: string, bytes: Uint8Array, instead: string): HiddenSecrets;
  /** What may be wrong with the files that its phones read. Families may share it. */
  readonly lint: FamilyLint<unknown>;
  /** What a folder of files for phones says of phones of this family. */
  importTree(files: readonly TreeFile[], options: ImportOptions): ImportedTree;
  readonly watch: BootWatch<unknown>;
  /** Whether a client of which only its traces are known is a phone of the family. */
  recognise?(traces: Traces): Recognised | undefined;
  /** Whether phones read their configuration from a file of this path. */
  isConfiguration?(path: string): boolean;
  /** What may be wrong with its phones by what they do, beside what may be with any phone. */
  readonly diagnoses?: readonly Diagnosis[];
  /** Left out where no other image than the one it should run can help. */
  readonly rescue?: Rescue;
  /** Synthetic firmware with true names and layout, signed with the lab key. */
  synthesize(image: string): readonly FirmwareFile[];
};
