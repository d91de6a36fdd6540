import type { SipMessage } from './sip-message.ts';
import { headerName } from './header-names.ts';

/**
 * Writes the message with a Content-Length that is right: an existing one is corrected, a missing
 * one added at the end. RFC 3261 section 7.
 */
export function serializeSip(message: SipMessage): Uint8Array {
  const length = String(message.body.length);
  const isLength = (name: string) => headerName(name) === 'content-length';
  const headers = message.headers.map(
    ({ name, value }) => `${name}: ${isLength(name) ? length : value}`,
  );
  if (!message.headers.some(({ name }) => isLength(name)))
    headers.push(`Content-Length: ${length}`);
  const head = [startLine(message), ...headers, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), message.body]);
}

function startLine(message: SipMessage): string {
  return message.kind === 'request'
    ? `${message.method} ${message.uri} ${message.version}`
    : `${message.version} ${message.status} ${message.reason}`;
}
