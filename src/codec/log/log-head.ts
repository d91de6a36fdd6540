import { millisecondsOf, monthOf, type LogStamp, type LogTime } from './log-time.ts';

/** What stands before a program's own words. */
export type LogHead = {
  readonly time?: LogTime;
  readonly host?: string;
  /** `in.tftpd`, `dnsmasq-dhcp`; without a path. */
  readonly program?: string;
  /** Number of the process, and of the thread where there is one: `2732`, `2732.1`. */
  readonly process?: string;
  readonly message: string;
};

type Stamped = { readonly time: LogTime; readonly rest: string };

const priority = /^<\d{1,3}>(?:1 (?=[-\d]))?/;
const clockTime = String.raw`(\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?`;
const syslog = new RegExp(String.raw`^([A-Z][a-z]{2}) {1,2}(\d{1,2})(?: (\d{4}))? ${clockTime} ?`);
const iso = new RegExp(
  String.raw`^(?:[A-Z][a-z]{2} )?(\d{4})-(\d{2})-(\d{2})[T ]${clockTime} ?(Z|UTC|[+-]\d{2}:?\d{2})? ?(?:[A-Z]{3,5} )?`,
);
const unixTime = /^(\d{9,10})\.(\d{3,9}) (?=\S+ \S)/;
const monotonic = /^\[ *(\d{1,9})\.(\d{3,9})\] /;
const tag = /^([A-Za-z][\w.+/@-]{0,63})(?:\[(\d+(?:\.-?\d+)?)\])?: ?/;
const hostAndTag = /^([\w.:-]{1,255}) ([A-Za-z(/][\w.+/@()-]{0,63})(?:\[(\d+(?:\.-?\d+)?)\])?: ?/;
/** RFC 5424 section 6: host, program, process, message id, structured data. */
const structured =
  /^(\S{1,255}) (\S{1,48}) (\S{1,128}) \S{1,32} (?:-|(?:\[[^\]]*\])+) ?(?:\uFEFF)?/;

/** `000045: *Mar  1 00:01:02.123 CET: `, `00:12:27: `, `1w2d: `, after the prompt of a console. */
const routerStart = String.raw`^(?:[\w.-]+(?:\([\w-]+\))?[#>] ?)?(?:\d{1,9}: )?`;
const routerDate = new RegExp(
  String.raw`${routerStart}[*.]?([A-Z][a-z]{2}) {1,2}(\d{1,2})(?: (\d{4}))? ${clockTime}(?: [A-Z]{1,5})?: `,
);
const routerUptime = new RegExp(
  String.raw`${routerStart}(?:(\d+):(\d{2}):(\d{2})|(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?): `,
);
const relayed = /^([\w.:-]{1,255}) (?:\d{1,9}: )+(?=[*.]?[A-Z][a-z]{2} {1,2}\d|%|TFTP: |DHCPD: )/;
/** At the end: `[13/04 10:25:10.123]`, day and month. */
const bracketed = /\s*\[(\d{1,2})[/ .-](\d{1,2}) (\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?\]\s*$/;

/** Takes stamp, host, program and process off a line, as far as they are there. */
export function logHead(text: string): LogHead {
  const isPriority = priority.exec(text)?.[0] ?? '';
  const bare = text.slice(isPriority.length);
  const stamped = routerTime(bare) ?? timeOf(bare) ?? timeAtEnd(bare);
  if (stamped === undefined) return tagged(bare) ?? { message: bare };
  const { time, rest } = stamped;
  const via = relayed.exec(rest);
  // A router's line, as another host's syslog has kept it.
  if (via !== null) {
    const said = rest.slice(via[0].length);
    return { time, host: via[1], message: routerTime(said)?.rest ?? said };
  }
  if (isPriority.endsWith('1 ')) return { time, ...(rfc5424(rest) ?? { message: rest }) };
  return { time, ...(hosted(rest) ?? tagged(rest) ?? { message: rest }) };
}

function hosted(rest: string): LogHead | undefined {
  const match = hostAndTag.exec(rest);
  if (match === null) return undefined;
  const [all, host = '', program = '', process] = match;
  // `dnsmasq-tftp[7]: sent …` without a host: the tag comes first.
  if (host.endsWith(':')) return undefined;
  // Facilities of a router, not programs: they stay in the message.
  if (process === undefined && (program === 'TFTP' || program === 'DHCPD'))
    return { host, message: rest.slice(host.length + 1) };
  return { host, program: programName(program), process, message: rest.slice(all.length) };
}

function tagged(rest: string): LogHead | undefined {
  const [all, program, process] = tag.exec(rest) ?? [];
  if (all === undefined || program === undefined) return undefined;
  // A word and a colon begin many a message; a program has a number or a name of its own kind.
  if (process === undefined && !/^(?:dnsmasq|in\.tftpd|a?tftpd|dhcpd)/.test(program))
    return undefined;
  return { program: programName(program), process, message: rest.slice(all.length) };
}

function rfc5424(rest: string): LogHead | undefined {
  const [all, host = '-', program = '-', process = '-'] = structured.exec(rest) ?? [];
  if (all === undefined) return undefined;
  const said = (value: string): string | undefined => (value === '-' ? undefined : value);
  const names = { host: said(host), program: said(program), process: said(process) };
  return { ...names, message: rest.slice(all.length) };
}

/** `/usr/sbin/in.tftpd` and `(in.tftpd)` as `in.tftpd`. */
function programName(written: string): string {
  return written.replace(/^.*\//, '').replace(/^\((.*)\)$/, '$1');
}

function timeOf(text: string): Stamped | undefined {
  return syslogTime(text) ?? isoTime(text) ?? countedTime(text);
}

function syslogTime(text: string): Stamped | undefined {
  const [all, name = '', day, year, hour, minute, second, fraction] = syslog.exec(text) ?? [];
  const month = monthOf(name);
  if (all === undefined || month === undefined) return undefined;
  const parts = { month, day: Number(day), hour: Number(hour), minute: Number(minute) };
  const stamp = { ...parts, second: Number(second), millisecond: millisecondsOf(fraction) };
  return dated(year === undefined ? stamp : { ...stamp, year: Number(year) }, text, all);
}

function routerTime(text: string): Stamped | undefined {
  const [all, name = '', day, year, hour, minute, second, fraction] = routerDate.exec(text) ?? [];
  const month = monthOf(name);
  if (all !== undefined && month !== undefined) {
    const parts = { month, day: Number(day), hour: Number(hour), minute: Number(minute) };
    const stamp = { ...parts, second: Number(second), millisecond: millisecondsOf(fraction) };
    return dated(year === undefined ? stamp : { ...stamp, year: Number(year) }, text, all);
  }
  const up = routerUptime.exec(text);
  const parts: readonly (string | undefined)[] = up?.slice(1) ?? [];
  if (up === null || parts.every((part) => part === undefined)) return undefined;
  const [taken, h, m, s, weeks, days, hours] = up;
  const count = (part: string | undefined): number => Number(part ?? 0);
  const whole = count(weeks) * 604_800 + count(days) * 86_400 + count(hours) * 3600;
  const seconds = whole + count(h) * 3600 + count(m) * 60 + count(s);
  return { time: { kind: 'uptime', at: seconds * 1000 }, rest: text.slice(taken.length) };
}

function timeAtEnd(text: string): Stamped | undefined {
  const [all, day, month, hour, minute, second, fraction] = bracketed.exec(text) ?? [];
  if (all === undefined) return undefined;
  const stamp = {
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: millisecondsOf(fraction),
  };
  const at = dated(stamp, text, '');
  return at && { ...at, rest: text.slice(0, text.length - all.length) };
}

function isoTime(text: string): Stamped | undefined {
  const [all, year, month, day, hour, minute, second, fraction, zone] = iso.exec(text) ?? [];
  if (all === undefined) return undefined;
  const stamp = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: millisecondsOf(fraction),
  };
  return dated(zone === undefined ? stamp : { ...stamp, zone: zoneMinutes(zone) }, text, all);
}

function zoneMinutes(zone: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  const east = Number(hours) * 60 + Number(minutes);
  return sign === '-' ? -east : east;
}

function dated(stamp: LogStamp, text: string, taken: string): Stamped | undefined {
  const { month, day, hour, minute, second } = stamp;
  const isSound = month >= 1 && month <= 12 && day >= 1 && day <= 31;
  if (!isSound || hour > 23 || minute > 59 || second > 60) return undefined;
  return { time: { kind: 'date', stamp }, rest: text.slice(taken.length) };
}

function countedTime(text: string): Stamped | undefined {
  const unix = unixTime.exec(text);
  const since = unix ?? monotonic.exec(text);
  if (since === null) return undefined;
  const [all, seconds, fraction] = since;
  const at = Number(seconds) * 1000 + millisecondsOf(fraction);
  const time: LogTime = { kind: unix === null ? 'uptime' : 'epoch', at };
  return { time, rest: text.slice(all.length) };
}
