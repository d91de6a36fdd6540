import type { Model, Phone } from './phone.ts';
import type { Refusal } from './plan.ts';
import type { RestartKind } from './restart.ts';
import type { EffectiveSettings } from './settings.ts';

/** What is known of the phone's registration when a restart is asked for. */
export type RestartAsk = {
  readonly phone: Phone;
  readonly model: Model;
  readonly settings: EffectiveSettings;
  readonly kind: RestartKind;
  /** Call-ID of its REGISTER, where a registrar of ours has it. */
  readonly registerCallId?: string | undefined;
};

/** A NOTIFY that the phone understands, a command of its session, or why there is none and what can be done. */
export type RestartWay =
  | {
      readonly kind: 'notify';
      /** Of the header Event. */
      readonly event: string;
      readonly contentType?: string;
      readonly body?: string;
      /** For people: what the phone does with it. */
      readonly does: string;
    }
  /** Over the session that it keeps with a server of ours. */
  | { readonly kind: 'session'; readonly how: 'soft' | 'hard'; readonly does: string }
  | { readonly kind: 'cannot'; readonly because: string; readonly instead: string };

/** How long a phone takes: what was seen, and what it may take before it counts as lost. Milliseconds. */
export type Lasting = { readonly usualMs: number; readonly withinMs: number };

export type RestartTimes = {
  /** From the asking to the first request of the new start, its wait for silence on the line in it. */
  readonly hear: Lasting;
  /** From there until its application runs and it asks for nothing more. */
  readonly start: Lasting;
  /** One hop: everything from one proved image to the next. */
  readonly hop: Lasting;
  /** From there until it has registered. */
  readonly register: Lasting;
  /** Silence, while it is on its way, after which it counts as lost. */
  readonly silentMs: number;
  /** Starts without a hop proved that are still in order. */
  readonly boots: number;
};

/** How phones of a family are restarted from afar, and what they take for it. */
export type FamilyRestart = {
  /** Why a phone that runs this image cannot be asked to restart; undefined where it can. */
  problem(image: string | undefined, model: Model): Refusal | undefined;
  /** How the phone is asked. */
  way(ask: RestartAsk): RestartWay;
  times(model: Model): RestartTimes;
  /** Whether the phone sees by the file of this path that it shall; left out where by none. */
  tells?(path: string): boolean;
  /** Codes of findings that say that a phone is up and gets nothing until a person does something. */
  readonly heldUpBy?: readonly string[];
};
