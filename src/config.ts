import type { Document } from 'yaml';
import { LineCounter, parseDocument } from 'yaml';
import type { DhcpListen, Listen } from './config/listen.ts';
import { configError, schemaProblems, syntaxProblems } from './config/problems.ts';
import { configSchema } from './config/schema.ts';
import type { BroadcastTo } from './config/sntp-values.ts';
import type { UnistimConfig } from './config/unistim-values.ts';
import type { DhcpSettings } from './model/dhcp-settings.ts';
import type { Phone } from './model/phone.ts';
import type { PlanMode } from './model/plan.ts';
import type { SettingLayer, SettingValues } from './model/settings.ts';
import type { IPv4Network } from './wire/ipv4-network.ts';

export { defaultConfigText, type FirstSections } from './config/default-text.ts';
export type { BroadcastTo } from './config/sntp-values.ts';
export type { DhcpListen, Listen } from './config/listen.ts';
export { zoneOfPhone } from './config/zone.ts';
export { parseDhcpListen, parseListen } from './config/listen.ts';

export type ServerName = 'tftp' | 'http' | 'files' | 'sip' | 'sntp' | 'unistim' | 'uftp' | 'dhcp';

type Scoped = Readonly<Record<string, { readonly settings: SettingValues }>>;

export type SntpConfig = {
  /** A clock that nobody sets is served all the same, as one of this stratum: 1 to 15. */
  readonly local_stratum?: number;
  readonly broadcast?: BroadcastTo;
  /** To 224.0.1.1 too. */
  readonly multicast?: boolean;
  /** Milliseconds between two broadcasts. */
  readonly every?: number;
};

export type LimitsConfig = {
  readonly requests_per_second?: number;
  readonly burst?: number;
};

/** What `hookflash.yaml` says. What is not in `servers` stays off unless a flag names it. */
export type WorkspaceConfig = {
  readonly servers: { readonly [Name in Exclude<ServerName, 'dhcp'>]?: Listen } & {
    readonly dhcp?: DhcpListen;
  };
  readonly workers?: number;
  /** Which rules plans keep; cautious where it says nothing. */
  readonly plans?: PlanMode;
  /** Milliseconds that boots are kept; thirty days where it says nothing. */
  readonly keep_boots?: number;
  /** Where phones reach this server; goes into the files that they get. */
  readonly address?: string;
  readonly sntp?: SntpConfig;
  readonly limits?: LimitsConfig;
  readonly unistim?: UnistimConfig;
  readonly trust: {
    /** Where a file name is enough to be taken for a phone. */
    readonly networks?: readonly IPv4Network[];
  };
  /** What the DHCP server hands out; undefined where the file has no such section. */
  readonly dhcp?: DhcpSettings | undefined;
  readonly settings: SettingValues;
  /** IANA time zone; that of a site goes before. */
  readonly zone?: string | undefined;
  readonly sites: Readonly<
    Record<string, { readonly settings: SettingValues; readonly zone?: string | undefined }>
  >;
  readonly models: Scoped;
  readonly groups: Scoped;
  /** The file as read, with its comments. */
  readonly document: Document;
};

/**
 * Reads the text of the workspace file. Values of settings are their text as written: `8`, `yes` and
 * `007` stay that. Throws an AppError `config-invalid` whose message has a line `FILE:LINE:COLUMN:
 * cause` for each problem, and whose place is the first one's.
 */
export function loadConfig(text: string, fileName: string): WorkspaceConfig {
  const lines = new LineCounter();
  const options = { schema: 'failsafe', prettyErrors: false, lineCounter: lines } as const;
  const document = parseDocument(text, options);
  const syntax = syntaxProblems(document);
  if (syntax.length > 0) throw configError(syntax, fileName, lines);
  const read = configSchema.safeParse(document.toJS() ?? {}, { reportInput: true });
  if (read.success) return { ...read.data, document };
  const problems = read.error.issues.flatMap((issue) => schemaProblems(issue, document));
  throw configError(problems, fileName, lines);
}

/** From the fleet down to the phone: what `effectiveSettings` takes. */
export function settingLayers(config: WorkspaceConfig, phone: Phone): readonly SettingLayer[] {
  const { site = '', group = '' } = phone.labels;
  const groups = group.split(',').map((name) => name.trim());
  return [
    { scope: 'fleet', name: '', values: config.settings },
    ...layersOf('site', config.sites, site),
    ...layersOf('model', config.models, phone.model),
    ...groups.flatMap((name) => layersOf('group', config.groups, name)),
    { scope: 'phone', name: phone.mac, values: phone.settings },
  ];
}

function layersOf(
  scope: SettingLayer['scope'],
  scoped: Scoped,
  name: string,
): readonly SettingLayer[] {
  const found = Object.hasOwn(scoped, name) ? scoped[name] : undefined;
  return found ? [{ scope, name, values: found.settings }] : [];
}
