import type { Confidence } from './plan.ts';

/** What a value may be. Checked by `valueProblem` in parameter-value.ts. */
export type ValueType =
  | { readonly kind: 'integer'; readonly min: number; readonly max?: number }
  /** Value and meaning. `anyCase`: phones take any letter case. */
  | {
      readonly kind: 'choice';
      readonly values: readonly (readonly [value: string, meaning: string])[];
      readonly anyCase?: boolean;
    }
  /** `most`: characters. `blanks: false`: none inside. */
  | { readonly kind: 'text'; readonly most?: number; readonly blanks?: boolean }
  /** IPv4 in dotted form; with `names` a DNS name too. `words` are taken as well. */
  | { readonly kind: 'address'; readonly names: boolean; readonly words?: readonly string[] }
  | { readonly kind: 'url'; readonly most?: number }
  /** Name of a firmware image, without extension. */
  | { readonly kind: 'image' }
  /** Any text that fits; `form` says the form in words. */
  | { readonly kind: 'form'; readonly pattern: RegExp; readonly form: string };

/**
 * Where a parameter may stand. `common`: in the default file as the vendor recommends, in the
 * phone's as well. `phone`: in the phone's file only. `menu`: on the phone only.
 */
export type ParameterPlace = 'common' | 'phone' | 'menu';

/** One row of a vendor's parameter tables: the only place where it is described. */
export type Parameter = {
  /** As in the file; `N` stands for the index. Of a menu item: its label. */
  readonly name: string;
  /** First and last value of `N`. */
  readonly indexes?: readonly [first: number, last: number];
  /** Other spellings that are met in the field. */
  readonly aliases?: readonly string[];
  readonly type: ValueType;
  /** What the phone does without it. */
  readonly default?: string;
  readonly unit?: string;
  /** When it must be there, in words; optional if undefined. */
  readonly required?: string;
  readonly place: ParameterPlace;
  /** Menu and label on the phone, e.g. `SIP Configuration > NAT Enabled`. */
  readonly menu?: string;
  /** `yes`, `no`, or `by value`: values 0 and 1 leave it to the user, 2 and 3 do not. */
  readonly userMayChange?: 'yes' | 'no' | 'by value';
  /** Kept in flash when the file no longer names it. */
  readonly stored: boolean;
  /** First release that knows it, where that is known. */
  readonly since?: string;
  /** Shown to nobody. */
  readonly secret?: boolean;
  /** One line. */
  readonly help: string;
  /** Document and section. */
  readonly source: string;
  /** How well the row is founded; given where it is not a guide of these phones that says so. */
  readonly confidence?: Confidence;
};

/** The parameters of one kind of file of a family. */
export type ParameterTable = {
  /** Also the name of its page in docs/reference. */
  readonly id: string;
  readonly title: string;
  /** Which files it is for, in words. */
  readonly files: string;
  readonly parameters: readonly Parameter[];
};
