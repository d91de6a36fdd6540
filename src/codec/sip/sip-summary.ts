import { latin1 } from '../../wire/reader.ts';

/** The few things of a SIP message that tell what a phone is doing. RFC 3261 sections 7 and 20. */
export type SipSummary = {
  /** Of the request, or of the one that a response answers (CSeq). */
  readonly method: string;
  readonly status?: number;
  readonly reason?: string;
  /** User part of the address of record: of `To` in a REGISTER, else of `From`. */
  readonly user?: string;
  readonly userAgent?: string;
  readonly callId?: string;
  /** `Reason` of a REGISTER that takes back a registration, and what phones add to it. */
  readonly expires?: number;
};

const requestLine = /^([A-Z]{2,20}) (sips?:\S+) SIP\/2\.0$/;
const statusLine = /^SIP\/2\.0 (\d{3}) ?(.*)$/;
/** RFC 3261 section 7.3.3. */
const compact: Readonly<Record<string, string>> = { f: 'from', t: 'to', i: 'call-id' };

/** Whether bytes begin like a message; for streams, where a message begins somewhere. */
export function isSip(bytes: Uint8Array): boolean {
  const [line = ''] = latin1(bytes.subarray(0, 512)).split('\r\n', 1);
  return requestLine.test(line) || statusLine.test(line);
}

/** Reads the head; undefined for what is no SIP, and for a response that names no method. */
export function summarizeSip(bytes: Uint8Array): SipSummary | undefined {
  const [head = ''] = latin1(bytes).split(/\r?\n\r?\n/, 1);
  const [start = '', ...rest] = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const [, asked] = requestLine.exec(start) ?? [];
  const [, status, reason] = statusLine.exec(start) ?? [];
  if (asked === undefined && status === undefined) return undefined;
  const fields = fieldsOf(rest);
  const [, answered] = /^\d+ +([A-Z]+)$/.exec(fields.get('cseq') ?? '') ?? [];
  const method = asked ?? answered;
  if (method === undefined) return undefined;
  const user = userIn(fields.get(method === 'REGISTER' ? 'to' : 'from'));
  const userAgent = fields.get('user-agent') ?? fields.get('server');
  const callId = fields.get('call-id');
  const expires = Number(fields.get('expires') ?? NaN);
  return {
    method,
    ...(status === undefined ? {} : { status: Number(status), reason: reason ?? '' }),
    ...(user === undefined ? {} : { user }),
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(callId === undefined ? {} : { callId }),
    ...(Number.isInteger(expires) ? { expires } : {}),
  };
}

function fieldsOf(lines: readonly string[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const written = line.slice(0, colon).trim().toLowerCase();
    const name = compact[written] ?? written;
    if (!fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

function userIn(field: string | undefined): string | undefined {
  return /sips?:([^@;>\s]+)@/.exec(field ?? '')?.[1];
}
