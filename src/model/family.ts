import type { Mac } from '../wire/mac.ts';
import type { RequestOutcome } from './boot.ts';
import type { FirmwareFile, ImageName } from './firmware.ts';
import type { Model } from './phone.ts';
import type { LoadOrder, Refusal, TextFile, UpgradeStep } from './plan.ts';
import type { EffectiveSettings } from './settings.ts';

/** What a renderer knows of the phone that it writes files for. */
export type RenderInput = {
  readonly mac: Mac;
  readonly model: Model;
  readonly settings: EffectiveSettings;
  /** What the phone is told to load; undefined names no image and leaves it as it is. */
  readonly order: LoadOrder | undefined;
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
  /** It was given the image and does not run it. */
  | { readonly kind: 'refused'; readonly image: string; readonly because: string };

export type SeenRequest = { readonly path: string; readonly at: number };
export type SeenAnswer = SeenRequest & {
  readonly outcome: RequestOutcome;
  /** What was sent, where it is small enough to be a configuration file. */
  readonly text?: string;
};

/**
 * Follows one phone through its boots by its requests alone. The state is plain data. Only what
 * the phone asked for counts; that a file was sent proves nothing.
 */
export type BootWatch<State> = {
  readonly start: State;
  /** Before the request is answered. */
  asked(state: State, request: SeenRequest): { state: State; facts: readonly BootFact[] };
  /** After the transfer has ended. */
  answered(state: State, answer: SeenAnswer): { state: State; facts: readonly BootFact[] };
  /** Called when nothing was asked for `settleMs`. */
  settled(state: State): { state: State; facts: readonly BootFact[] };
  readonly settleMs: number;
};

/** A kind of file that phones of a family read. */
export type FileFormat = {
  readonly format: string;
  matches(name: string, bytes: Uint8Array): boolean;
  /** Throws a CodecError that names the place. */
  decode(name: string, bytes: Uint8Array): Readonly<Record<string, unknown>>;
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
  /** The files that make up an image in the library. */
  imageFiles(image: string): readonly string[];
  /** Whether one step leads from one image to another, and which. Throws for names not parsed. */
  step(from: string, to: string): UpgradeStep | Refusal;
  /** Images that a plan from this one may pass through, in order of preference. */
  intermediates(from: string): readonly string[];
  /** The sort, as in the fact `runs-like`, that phones with this image are of. */
  sortOf(image: string): string;
  /** What a phone that runs this image is told to load, so that it stays there. */
  steadyOrder(image: string): LoadOrder;
  /** For a phone that runs something like this image: its settings, and nothing to load. */
  settingsOrder(image: string): LoadOrder | undefined;
  /** All files that the phone may ask for, firmware left out. */
  render(input: RenderInput): readonly TextFile[];
  readonly formats: readonly FileFormat[];
  readonly watch: BootWatch<unknown>;
  /** Synthetic firmware with true names and layout, signed with the lab key. */
  synthesize(image: string): readonly FirmwareFile[];
};
