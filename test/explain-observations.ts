import type { DhcpFacts, FileEnd, Happening, Observation } from '../src/model/observation.ts';
import type { Mac } from '../src/wire/mac.ts';

/** Observations written by hand, as logs and captures give them. */

export const mac = '0013C4A1B2C3' as Mac;
export const address = '192.0.2.51';
export const server = '192.0.2.10';
const start = Date.UTC(2026, 2, 2, 8, 0, 0);

type Who = { readonly mac?: Mac; readonly address?: string };
const self: Who = { mac, address };

/** One thing, so many seconds after the start. */
export function seen(seconds: number, happening: Happening, text: string, who = self): Observation {
  const evidence = { source: 'staged', line: Math.round(seconds * 10) + 1, text };
  return { at: start + seconds * 1000, ...who, happening, evidence };
}

export function dhcp(seconds: number, facts: DhcpFacts, who = self): Observation {
  const text = `DHCP ${facts.message} ${facts.address ?? ''}`.trim();
  return seen(seconds, { kind: 'dhcp', dhcp: facts }, text, who);
}

const asked = { vendorClass: 'Cisco Systems, Inc. IP Phone CP-7960G', options: [53, 60, 55] };
const asksFor = [1, 66, 6, 3, 15, 150, 35];

/** DISCOVER to ACK; `given` is what the server gives beside an address. */
export function address4(
  seconds: number,
  given: Partial<DhcpFacts>,
  wants: readonly number[] = asksFor,
): readonly Observation[] {
  const answer = { server, address, options: [53, 54, 51, 1, 3], leaseSeconds: 3600, ...given };
  return [
    dhcp(seconds, { message: 'discover', ...asked, asksFor: wants }),
    dhcp(seconds + 0.1, { message: 'offer', ...answer }),
    dhcp(seconds + 0.2, { message: 'request', ...asked, address, asksFor: wants }),
    dhcp(seconds + 0.3, { message: 'ack', ...answer }),
  ];
}

/**
 * Files by lines of `SECONDS | PATH | END`, where END is `sent`, `sent 0`, `missing`,
 * `error 2 words`, `silent`, `answered` (sent, not acknowledged), `aborted words` or nothing; `again
 * N` before it sends the request N times more. `<MAC>` is the phone's.
 */
export function files(lines: string, who: Who = self, from = server): readonly Observation[] {
  return lines
    .split('\n')
    .filter((line) => line.includes('|'))
    .flatMap((line, index) => fileOf(line, index, who, from));
}

function fileOf(line: string, index: number, who: Who, from: string): readonly Observation[] {
  const [when = '', name = '', last = ''] = line.split('|');
  const seconds = Number(when);
  const path = name.replace(/^ | $/g, '').replace('<MAC>', who.mac ?? mac);
  const [, again = '0', end = ''] = /^(?:again (\d+) ?)?(.*)$/.exec(last.trim()) ?? [];
  const request = { kind: 'file-asked', protocol: 'tftp', path, server: from } as const;
  const port = 49152 + index;
  const asking = Array.from({ length: Number(again) + 1 }, (_, time) =>
    seen(seconds + 4 * time, { ...request, port }, `RRQ ${path}`, who),
  );
  const over = endOf(end);
  if (over === undefined) return asking;
  const ended = { kind: 'file-ended', protocol: 'tftp', path, end: over } as const;
  const seconds2 = seconds + 4 * Number(again) + 0.2;
  return [...asking, seen(seconds2, ended, `${path}: ${end}`, who)];
}

function endOf(text: string): FileEnd | undefined {
  const [word = '', number = '', ...rest] = text.split(' ');
  switch (word) {
    case 'sent':
      return { kind: 'sent', ...(number === '' ? { bytes: 500 } : { bytes: Number(number) }) };
    case 'missing':
      return { kind: 'error', code: 1, text: 'File not found' };
    case 'error':
      return { kind: 'error', code: Number(number), text: rest.join(' ') };
    case 'silent':
      return { kind: 'timed-out', answered: false };
    case 'answered':
      return { kind: 'timed-out', answered: true };
    case 'aborted':
      return { kind: 'aborted', text: [number, ...rest].join(' ') };
    default:
      return undefined;
  }
}

/** A request of SIP by the phone, or with a status an answer to it. */
export function sip(seconds: number, method: string, status?: number): Observation {
  const from = status === undefined ? 'phone' : 'server';
  const answer = status === undefined ? {} : { status };
  const happening = { kind: 'sip', method, from, user: '100', ...answer } as const;
  return seen(seconds, happening, `${status ?? ''} ${method}`.trim());
}

/** Lets the source go on for so long. */
export function until(seconds: number): Observation {
  return seen(seconds, { kind: 'server-note', text: 'statistics' }, 'statistics', {});
}
