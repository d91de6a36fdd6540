import { isIPv4 } from 'node:net';
import { z } from 'zod';
import { planModes, type PlanMode } from '../model/plan.ts';
import { CodecError } from '../wire/codec-error.ts';
import { parseIPv4Network, type IPv4Network } from '../wire/ipv4-network.ts';
import type { Problem } from './listen.ts';
import { readDhcp } from './dhcp/read-dhcp.ts';
import { dhcpKeys, dhcpShape } from './dhcp/shape.ts';
import { readDhcpListen, readListen } from './listen.ts';
import { unistimShape } from './unistim-values.ts';
import { readZone } from './zone.ts';
import { readBroadcast, readCount, readInterval, readStratum, readYesNo } from './sntp-values.ts';

const listen = value(readListen).optional();
const servers = z.strictObject({
  tftp: listen,
  http: listen,
  files: listen,
  sip: listen,
  sntp: listen,
  unistim: listen,
  uftp: listen,
  dhcp: value(readDhcpListen).optional(),
});
const sntp = z.strictObject({
  local_stratum: value(readStratum).optional(),
  broadcast: z.preprocess(listAsText, value(readBroadcast).optional()),
  multicast: value(readYesNo).optional(),
  every: value(readInterval).optional(),
});
const limits = z.strictObject({
  requests_per_second: value(readCount).optional(),
  burst: value(readCount).optional(),
});
const trust = z.strictObject({ networks: z.array(value(readNetwork)).optional() });
const settings = section(z.record(z.string(), z.string()));
const sites = section(
  z.record(z.string(), section(z.strictObject({ settings, zone: value(readZone).optional() }))),
);
const scoped = section(z.record(z.string(), section(z.strictObject({ settings }))));

/** The shape of `hookflash.yaml`. Every scalar comes as text; a key without a value as ''. */
export const configSchema = z.strictObject({
  servers: section(servers),
  /** Threads that serve files. */
  workers: value(readWorkers).optional(),
  /** Which rules plans of upgrades keep. */
  plans: value(readPlans).optional(),
  /** Milliseconds that boots are kept. */
  keep_boots: value(readKeepBoots).optional(),
  /** Where phones reach this server; goes into the files that they get. */
  address: value(readAddress).optional(),
  /** Whom to believe who he is. */
  trust: section(trust),
  /** What the SNTP server says of a clock that nobody sets, and what it sends unasked. */
  sntp: optional(sntp),
  /** Requests of one address to each server. */
  limits: optional(limits),
  /** When phones with UNIStim get software, and what is assumed of them. */
  unistim: optional(unistimShape),
  /** What the DHCP server hands out. */
  dhcp: z.preprocess((input) => (input === '' ? {} : input), dhcp()).optional(),
  settings,
  /** IANA time zone of phones that have none of their own, nor their site. */
  zone: value(readZone).optional(),
  sites,
  models: scoped,
  groups: scoped,
});

/** The keys that may stand under `path`; only for places where not every key may. */
export function allowedKeys(path: readonly string[]): readonly string[] {
  if (path[0] === 'dhcp') return dhcpKeys(path.slice(1));
  if (path.length === 0) return Object.keys(configSchema.shape);
  const shapes = {
    ...{ servers: servers.shape, trust: trust.shape },
    ...{ sntp: sntp.shape, limits: limits.shape, unistim: unistimShape.shape },
  };
  const [first] = path;
  return first !== undefined && first in shapes
    ? Object.keys(shapes[first as keyof typeof shapes])
    : path[0] === 'sites'
      ? ['settings', 'zone']
      : ['settings'];
}

/** A map that may be left empty or out. */
function section<T extends z.ZodType>(schema: T) {
  return z.preprocess((input) => (input === undefined || input === '' ? {} : input), schema);
}

/** As `section`, but left out where it is not there. */
function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess((input) => (input === '' ? {} : input), schema.optional()).optional();
}

function listAsText(input: unknown): unknown {
  return Array.isArray(input) ? input.join(' ') : input;
}

/** Problems of one part of it do not hide those of another. */
function dhcp() {
  return dhcpShape.transform((text, context) => {
    const count = context.issues.length;
    const settings = readDhcp(text, (path, message) =>
      context.addIssue({ code: 'custom', message, path: [...path] }),
    );
    return context.issues.length === count ? settings : z.NEVER;
  });
}

function value<T>(read: (text: string) => T | Problem) {
  return z.string().transform((text, context): T => {
    const result = read(text);
    if (!isProblem(result)) return result;
    context.addIssue({ code: 'custom', message: result.problem });
    return z.NEVER;
  });
}

function isProblem(result: unknown): result is Problem {
  return typeof result === 'object' && result !== null && 'problem' in result;
}

function readWorkers(text: string): number | Problem {
  const workers = Number(text);
  if (/^\d+$/.test(text) && workers >= 1 && workers <= 64) return workers;
  return { problem: `"${text}" is not a whole number from 1 to 64` };
}

const units: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

function readKeepBoots(text: string): number | Problem {
  const [, number = '', unit = ''] = /^(\d{1,5})([hdw])$/.exec(text) ?? [];
  const ms = Number(number) * (units[unit] ?? 0);
  if (ms > 0) return ms;
  return { problem: `"${text}" is no time: write hours, days or weeks, as 12h, 30d or 8w` };
}

function readPlans(text: string): PlanMode | Problem {
  const mode = planModes.find((each) => each === text);
  return mode ?? { problem: `"${text}" is neither ${planModes.join(' nor ')}` };
}

function readNetwork(text: string): IPv4Network | Problem {
  try {
    return parseIPv4Network(text);
  } catch (error) {
    if (error instanceof CodecError)
      return { problem: `expected ${error.fault.claimed}, found ${error.fault.actual}` };
    throw error;
  }
}

const hostName = /^(?=.{1,253}$)(?=.*[a-z])[a-z0-9-]+(\.[a-z0-9-]+)*$/i;

function readAddress(text: string): string | Problem {
  if (text === '0.0.0.0')
    return { problem: 'phones cannot reach 0.0.0.0; write the address of this machine' };
  if (isIPv4(text) || hostName.test(text)) return text;
  return { problem: `"${text}" is neither an IPv4 address nor a host name` };
}
