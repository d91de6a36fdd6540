import { CodecError } from '../../wire/codec-error.ts';
import { headerOf, headersOf } from './headers-of.ts';
import { parseNameAddr, type NameAddr } from './name-addr.ts';
import type { SipMessage } from './sip-message.ts';
import {
  isToken,
  readParameters,
  shown,
  unquoted,
  type SipParameters,
  trimmed,
} from './sip-text.ts';

/** A word with parameters behind it: Event, Subscription-State, Content-Type, Reason. */
export type Worded = { readonly word: string; readonly parameters: SipParameters };

/** A Contact; its `expires` and `q` are among its parameters. RFC 3261 section 20.10. */
export type Contacts = '*' | readonly NameAddr[];

/** Throws CodecError; also for `*` beside others. RFC 3261 section 10.3. */
export function contactsOf(message: SipMessage): Contacts {
  const values = headersOf(message, 'contact');
  if (values.length === 1 && values[0] === '*') return '*';
  return values.map((value) => {
    if (value === '*') throw fault('Contact', '* alone', values.join(', '));
    return parseNameAddr('Contact', value);
  });
}

/** Larger numbers count as this one. RFC 3261 section 20.19. */
export const mostSeconds = 2 ** 32 - 1;

/** Seconds of Expires, Min-Expires or a Contact's `expires`; undefined for what is no number. */
export function secondsOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Math.min(Number(text), mostSeconds) : undefined;
}

/** Undefined where there is none. Throws CodecError beyond 255. RFC 3261 section 20.22. */
export function maxForwardsOf(message: SipMessage): number | undefined {
  const text = headerOf(message, 'max-forwards');
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text) || Number(text) > 255) throw fault('Max-Forwards', '0 to 255', text);
  return Number(text);
}

/** Tokens of Require, Supported, Allow, Allow-Events…, in their letter case. Throws CodecError. */
export function tokensOf(message: SipMessage, name: string): readonly string[] {
  return headersOf(message, name).map((value) => {
    if (!isToken(value)) throw fault(name, 'a token', value);
    return value;
  });
}

/** `check-sync` with its parameters. RFC 6665 section 8.2.1. Throws CodecError. */
export function eventOf(message: SipMessage): Worded | undefined {
  const text = headerOf(message, 'event');
  return text === undefined ? undefined : parseWorded('Event', text);
}

/** `terminated;reason=timeout`. RFC 6665 section 8.2.3. Throws CodecError. */
export function subscriptionStateOf(message: SipMessage): Worded | undefined {
  const text = headerOf(message, 'subscription-state');
  return text === undefined ? undefined : parseWorded('Subscription-State', text);
}

/** Why a request was sent; values of `text` without quotes. RFC 3326 section 2. Throws CodecError. */
export function reasonsOf(message: SipMessage): readonly Worded[] {
  return headersOf(message, 'reason').map((value) => {
    const { word, parameters } = parseWorded('Reason', value);
    const bare = [...parameters].map(([name, text]) => [name, text && unquoted(text)] as const);
    return { word, parameters: new Map(bare) };
  });
}

/** `application/sdp`, in lower case. Throws CodecError. */
export function contentTypeOf(message: SipMessage): Worded | undefined {
  const text = headerOf(message, 'content-type');
  if (text === undefined) return undefined;
  const parts = (text.split(';')[0] ?? '').split('/').map((part) => trimmed(part).toLowerCase());
  if (parts.length !== 2 || !parts.every(isToken))
    throw fault('Content-Type', 'TYPE/SUBTYPE', text);
  return { word: parts.join('/'), parameters: readParameters(text) };
}

function parseWorded(field: string, text: string): Worded {
  const word = trimmed(text.split(';')[0] ?? '');
  if (!isToken(word)) throw fault(field, 'a token', text);
  return { word, parameters: readParameters(text) };
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const dateForm =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/;

/** Milliseconds since 1970; GMT only. RFC 3261 section 20.17. Throws CodecError. */
export function dateOf(message: SipMessage): number | undefined {
  const text = headerOf(message, 'date');
  if (text === undefined) return undefined;
  const [, day, month = '', year, hour, minute, second] = dateForm.exec(text) ?? [];
  const at = months.indexOf(month);
  if (at < 0) throw fault('Date', 'Sat, 13 Nov 2010 23:29:00 GMT', text);
  return Date.UTC(Number(year), at, Number(day), Number(hour), Number(minute), Number(second));
}

function fault(field: string, claimed: string, actual: string): CodecError {
  return new CodecError({ field, offset: 0, claimed, actual: shown(actual) });
}
