import { CodecError } from '../../wire/codec-error.ts';
import type { SipMessage } from './sip-message.ts';
import { headerName } from './header-names.ts';
import { isToken, shown } from './sip-text.ts';

/**
 * Writes the message with a Content-Length that is right: an existing one is corrected, a missing
 * one added at the end. RFC 3261 section 7. Throws CodecError for text that would end its line, or
 * that is no Latin-1 (`latin1Text` makes it so).
 */
export function serializeSip(message: SipMessage): Uint8Array {
  const length = String(message.body.length);
  const isLength = (name: string) => headerName(name) === 'content-length';
  const headers = message.headers.map(({ name, value }) =>
    headerLine(name, isLength(name) ? length : value),
  );
  if (!message.headers.some(({ name }) => isLength(name)))
    headers.push(headerLine('Content-Length', length));
  const head = [startLine(message), ...headers, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), message.body]);
}

function headerLine(name: string, value: string): string {
  if (!isToken(name)) throw unwritable('header name', 'a token', name);
  return `${name}: ${inLine(name, value)}`;
}

function startLine(message: SipMessage): string {
  const line =
    message.kind === 'request'
      ? `${message.method} ${message.uri} ${message.version}`
      : `${message.version} ${message.status} ${message.reason}`;
  return inLine('start line', line);
}

function inLine(field: string, text: string): string {
  if (/[\r\n]|[^\x00-\xff]/.test(text)) throw unwritable(field, 'one line of Latin-1', text);
  return text;
}

function unwritable(field: string, claimed: string, actual: string): CodecError {
  return new CodecError({ field, offset: 0, claimed, actual: shown(actual) });
}
