import type { Finding } from './finding.ts';
import type { TextFile } from './plan.ts';
import type { SettingScope } from './settings.ts';

/** Why a value stands in a file. */
export type Origin =
  /** `name` as the operator wrote it; `of` is the site, model, group or MAC, '' for the fleet. */
  | {
      readonly kind: 'setting';
      readonly name: string;
      readonly scope: SettingScope;
      readonly of: string;
    }
  /** What the phone is told to load. */
  | { readonly kind: 'order' }
  /** The file does not work without it. */
  | { readonly kind: 'needed'; readonly because: string };

/** A value as it stands in a file. */
export type WrittenValue = {
  /** Key or path of the element, as in the file. */
  readonly key: string;
  readonly value: string;
  readonly origin: Origin;
  /** Shown to nobody. */
  readonly secret?: true;
};

/** A generated file and where each value in it comes from. */
export type RenderedFile = TextFile & { readonly values: readonly WrittenValue[] };

/** A value that no file gives: what the phone takes by itself. */
export type PhoneDefault = { readonly key: string; readonly value: string };

/** The files of one phone. Findings are about settings that could not be written as they are. */
export type Rendered = {
  readonly files: readonly RenderedFile[];
  readonly defaults: readonly PhoneDefault[];
  readonly findings: readonly Finding[];
};
