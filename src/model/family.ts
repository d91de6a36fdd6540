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
  /** It runs an image of this sort; `image` stands for all that need the same next step. */
  | { readonly kind: 'runs-like'; readonly image: string; readonly because: string }
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

/** A family of phones: one folder, one object. */
export type PhoneFamily = {
  readonly id: string;
  readonly vendor: string;
  readonly models: readonly Model[];
  /** The MAC in a path that phones of this family ask for. */
  macOf(path: string): Mac | undefined;
  parseImage(name: string): ImageName | undefined;
  /** The files that make up an image in the library. */
  imageFiles(image: string): readonly string[];
  /** Whether one step leads from one image to another, and which. Throws for names not parsed. */
  step(from: string, to: string): UpgradeStep | Refusal;
  /** Images that a plan may pass through, in order of preference. */
  readonly intermediates: readonly string[];
  /** What a phone on its wanted image is told to load, so that it stays there. */
  steadyOrder(image: string): LoadOrder;
  /** All files that the phone may ask for, firmware left out. */
  render(input: RenderInput): readonly TextFile[];
  readonly watch: BootWatch<unknown>;
  /** Synthetic firmware with true names and layout, signed with the lab key. */
  synthesize(image: string): readonly FirmwareFile[];
};
