import type { SipHeader, SipMessage } from './sip-message.ts';
import { headerName, isListHeader } from './header-names.ts';
import { splitOutside, trimmed } from './sip-text.ts';

/** The first field of this name, in lower case and long form: `call-id`. */
export function headerOf(message: SipMessage, name: string): string | undefined {
  return message.headers.find((header) => headerName(header.name) === name)?.value;
}

/** All values of a name, lists taken apart, in their order; empty ones are passed over. */
export function headersOf(message: SipMessage, name: string): readonly string[] {
  return rawHeadersOf(message, name).filter((value) => value !== '');
}

/** As `headersOf`, with the empty values. */
export function rawHeadersOf(message: SipMessage, name: string): readonly string[] {
  const values = message.headers.filter((header) => headerName(header.name) === name);
  if (!isListHeader(name)) return values.map(({ value }) => value);
  return values.flatMap(({ value }) => splitOutside(value, ',')).map(trimmed);
}

/** Without the fields of this name. */
export function withoutHeader<Message extends SipMessage>(message: Message, name: string): Message {
  return { ...message, headers: message.headers.filter((each) => headerName(each.name) !== name) };
}

/** With the field in the place of the first of its name, else at the end; others of the name go. */
export function withHeader<Message extends SipMessage>(
  message: Message,
  header: SipHeader,
): Message {
  const name = headerName(header.name);
  const at = message.headers.findIndex((each) => headerName(each.name) === name);
  const rest = message.headers.filter((each) => headerName(each.name) !== name);
  const headers = at < 0 ? [...rest, header] : rest.toSpliced(at, 0, header);
  return { ...message, headers };
}
