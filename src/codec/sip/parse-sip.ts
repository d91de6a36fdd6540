import { CodecError } from '../../wire/codec-error.ts';
import { latin1 } from '../../wire/reader.ts';
import type { SipHeader, SipMessage } from './sip-message.ts';
import { headerName } from './header-names.ts';
import { isToken, shown, trimmed } from './sip-text.ts';

/** Lines before the body; more than any use has is an attack. */
const mostLines = 512;
/** As much as a UDP datagram can hold. */
const mostHeadBytes = 65_535;

export type SipHead = {
  readonly message: SipMessage;
  /** Bytes up to the body. */
  readonly length: number;
};

/**
 * Reads one datagram, or one framed message of a stream. Only what cannot be told apart is a fault:
 * a header that nobody reads may say anything. Bytes behind Content-Length are left out (RFC 3261
 * section 18.3); what is missing is a fault. Throws CodecError.
 */
export function parseSip(bytes: Uint8Array): SipMessage {
  const { message, length } = parseSipHead(bytes);
  const claimed = contentLength(message.headers);
  const there = bytes.length - length;
  if (claimed !== undefined && claimed > there)
    fail('Content-Length', length, `${claimed} bytes`, `${there}`);
  const body = bytes.subarray(length, claimed === undefined ? undefined : length + claimed);
  return { ...message, body };
}

/** Start line and headers; the body is left empty. Throws CodecError. */
export function parseSipHead(bytes: Uint8Array): SipHead {
  const lines = headLines(latin1(bytes.subarray(0, mostHeadBytes)));
  const [start] = lines;
  if (!start) return fail('start line', 0, 'a request or status line', 'nothing');
  const headers = readHeaders(lines.slice(1));
  const length = lines.at(-1)?.next ?? 0;
  return { message: { ...readStartLine(start), headers, body: bytes.subarray(0, 0) }, length };
}

type Line = { readonly text: string; readonly offset: number; readonly next: number };

/** Up to and with the empty line. Lone line feeds are forgiven, empty lines before too (7.5). */
function headLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let offset = 0; offset < text.length;) {
    const feed = text.indexOf('\n', offset);
    if (feed < 0) fail('headers', offset, 'an empty line at their end', 'the end of the message');
    const end = text[feed - 1] === '\r' && feed > offset ? feed - 1 : feed;
    const line = { text: text.slice(offset, end), offset, next: feed + 1 };
    offset = feed + 1;
    if (line.text === '' && lines.length === 0) continue;
    lines.push(line);
    if (line.text === '') return lines;
    if (lines.length > mostLines) fail('headers', offset, `at most ${mostLines} lines`, 'more');
  }
  return lines.length === 0
    ? []
    : fail('headers', text.length, 'an empty line at their end', 'the end of the message');
}

type StartLine =
  | { readonly kind: 'request'; method: string; uri: string; version: string }
  | { readonly kind: 'response'; status: number; reason: string; version: string };

const statusLine = /^(SIP\/\d+\.\d+) (\d+)(?: (.*))?$/i;
const versionForm = /^SIP\/\d+\.\d+[ \t]*$/i;

/** Blanks too many stay in the URI and the version: they are for `checkSip` to judge. */
function readStartLine({ text, offset }: Line): StartLine {
  const status = statusLine.exec(text);
  if (status) {
    const [, version = '', code = '', reason = ''] = status;
    return { kind: 'response', version, status: Number(code), reason };
  }
  const first = text.indexOf(' ');
  const last = text.trimEnd().lastIndexOf(' ');
  const version = text.slice(last + 1);
  if (first <= 0 || last <= first || !isToken(text.slice(0, first)) || !versionForm.test(version))
    return fail('start line', offset, 'METHOD URI SIP/2.0', shown(text));
  return {
    kind: 'request',
    method: text.slice(0, first),
    uri: text.slice(first + 1, last),
    version,
  };
}

function readHeaders(lines: readonly Line[]): readonly SipHeader[] {
  const folded: { name: string; parts: string[] }[] = [];
  for (const { text, offset } of lines) {
    if (text === '') break;
    if (text.startsWith(' ') || text.startsWith('\t')) {
      const last = folded.at(-1);
      if (!last) return fail('header', offset, 'a name', 'a continued line');
      last.parts.push(trimmed(text));
      continue;
    }
    const colon = text.indexOf(':');
    const name = trimmed(text.slice(0, Math.max(colon, 0)));
    if (!isToken(name)) fail('header', offset, 'NAME: VALUE', shown(text));
    folded.push({ name, parts: [trimmed(text.slice(colon + 1))] });
  }
  return folded.map(({ name, parts }) => ({ name, value: trimmed(parts.join(' ')) }));
}

/** The first one that is a number; others are for whoever judges the message. */
function contentLength(headers: readonly SipHeader[]): number | undefined {
  const header = headers.find(({ name }) => headerName(name) === 'content-length');
  return header && /^\d{1,9}$/.test(header.value) ? Number(header.value) : undefined;
}

function fail(field: string, offset: number, claimed: string, actual: string): never {
  throw new CodecError({ field, offset, claimed, actual });
}
