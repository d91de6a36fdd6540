import type { Mac } from '../wire/mac.ts';
import type { SettingValues } from './settings.ts';

/** A desk phone that the workspace knows. */
export type Phone = {
  readonly mac: Mac;
  /** Id of its PhoneFamily, e.g. `cisco-7900`. */
  readonly family: string;
  /** Name of the model as on the phone, e.g. `7960`. */
  readonly model: string;
  /** The image that it should run; undefined leaves it as it is. */
  readonly image?: string;
  /** The image that it last proved, or that the operator said it runs. */
  readonly running?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly settings: SettingValues;
};

export type Model = {
  readonly name: string;
  /** Cisco's device type number where there is one: the key of XMLDefault's loadInformation. */
  readonly number?: number;
  readonly lines: number;
};
