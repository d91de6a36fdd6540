import { isIPv4 } from '../wire/ipv4.ts';
import type { Problem } from './listen.ts';

/** Where the SNTP server sends the time unasked: to its own networks, or to these addresses. */
export type BroadcastTo = 'subnets' | readonly string[];

export function readStratum(text: string): number | Problem {
  const stratum = Number(text);
  if (/^\d+$/.test(text) && stratum >= 1 && stratum <= 15) return stratum;
  return { problem: `"${text}" is not a stratum from 1 to 15` };
}

/** `yes`, `no`, or addresses parted by blanks or commas. */
export function readBroadcast(text: string): BroadcastTo | Problem {
  if (text === 'yes') return 'subnets';
  if (text === 'no') return [];
  const addresses = text.split(/[\s,]+/).filter((address) => address !== '');
  const wrong = addresses.find((address) => !isIPv4(address));
  const form = 'expected yes, no, or a list such as [192.0.2.255]';
  if (wrong !== undefined) return { problem: `"${wrong}" is not an IPv4 address: ${form}` };
  return addresses.length > 0 ? addresses : { problem: form };
}

export function readYesNo(text: string): boolean | Problem {
  if (text === 'yes') return true;
  if (text === 'no') return false;
  return { problem: `"${text}" is neither yes nor no` };
}

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };
const shortestMs = 1000;
const longestMs = 36 * 3_600_000;

/** `64s`, `2m`, `1h`, or seconds; in milliseconds. */
export function readInterval(text: string): number | Problem {
  const { count, unit = 's' } = /^(?<count>\d{1,6})(?<unit>[smh])?$/.exec(text)?.groups ?? {};
  const ms = Number(count) * (unitMs[unit] ?? NaN);
  if (ms >= shortestMs && ms <= longestMs) return ms;
  return { problem: `"${text}" is not a time from 1s to 36h, such as 64s or 5m` };
}

const most = 1_000_000;

export function readCount(text: string): number | Problem {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= most) return count;
  return { problem: `"${text}" is not a whole number from 1 to ${most}` };
}
