import { parseCSeq } from '../../codec/sip/cseq.ts';
import { headerOf } from '../../codec/sip/headers-of.ts';
import type { NameAddr } from '../../codec/sip/name-addr.ts';
import { nameAddrText } from '../../codec/sip/name-addr.ts';
import type { SipHeader, SipRequest } from '../../codec/sip/sip-message.ts';
import { contactsOf, secondsOf } from '../../codec/sip/typed-headers.ts';
import { isSameSipUri, parseUri } from '../../codec/sip/uri.ts';
import type { Binding, BindingKey, BindingPath } from '../../model/binding.ts';
import { CodecError } from '../../wire/codec-error.ts';
import type { Mac } from '../../wire/mac.ts';

/** In seconds. */
export type RegistrarTimes = {
  /** For a contact that does not say how long. */
  readonly usual: number;
  /** Shorter ones are refused with 423. */
  readonly least: number;
  /** Longer ones are made shorter. */
  readonly most: number;
};

export const registrarTimes: RegistrarTimes = { usual: 3600, least: 60, most: 86_400 };

/** Contacts that one line may have. */
const mostContacts = 10;

/** A REGISTER of somebody who may, and what stands of the line. */
export type Registering = {
  readonly request: SipRequest;
  readonly user: string;
  readonly mac: Mac;
  readonly from: BindingPath;
  readonly local?: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The line's bindings that have not run out. */
  readonly current: readonly Binding[];
  readonly times: RegistrarTimes;
};

export type Registered = {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly SipHeader[];
  /** All or none is changed. */
  readonly put: readonly Binding[];
  readonly gone: readonly Binding[];
  /** What was wrong, for people. */
  readonly because?: string;
};

/** Steps 6 to 8 of RFC 3261 section 10.3. */
export function register(registering: Registering): Registered {
  try {
    const contacts = contactsOf(registering.request);
    if (contacts === '*') return removeAll(registering);
    return bindAll(registering, contacts);
  } catch (error) {
    if (error instanceof CodecError) return refused(400, 'Bad Request', error.message);
    throw error;
  }
}

/** `Contact: *` goes with Expires 0 alone. */
function removeAll(registering: Registering): Registered {
  const { request, current } = registering;
  if (headerOf(request, 'expires') !== '0')
    return refused(400, 'Bad Request', 'Contact * without Expires 0');
  if (current.some((each) => isOld(request, each))) return outOfOrder(request);
  return answered(registering, [], current);
}

function bindAll(registering: Registering, contacts: readonly NameAddr[]): Registered {
  const { request, times } = registering;
  const put: Binding[] = [];
  const gone: Binding[] = [];
  for (const contact of contacts) {
    const seconds = secondsFor(request, contact, times);
    if (seconds > 0 && seconds < times.least) return tooBrief(times, seconds);
    const known = registering.current.find((each) => isSameContact(each.contact, contact.uri));
    if (known && isOld(request, known)) return outOfOrder(request);
    if (known && (seconds === 0 || known.contact !== contact.uri)) gone.push(known);
    const again = put.findIndex((each) => isSameContact(each.contact, contact.uri));
    if (again >= 0) put.splice(again, 1);
    if (seconds > 0) put.push(bindingOf(registering, contact, seconds));
  }
  const left = after(registering.current, put, gone).length;
  if (left > mostContacts && put.length > 0)
    return refused(403, 'Forbidden', `a line has at most ${mostContacts} contacts`);
  return answered(registering, put, gone);
}

/** A contact's own parameter, then Expires, then the usual; what cannot be read counts as the usual. */
function secondsFor(request: SipRequest, { parameters }: NameAddr, times: RegistrarTimes): number {
  const text = parameters.get('expires') ?? headerOf(request, 'expires');
  return Math.min(secondsOf(text) ?? times.usual, times.most);
}

/** What comes after it within one Call-ID has a higher CSeq. */
function isOld(request: SipRequest, { callId, sequence }: Binding): boolean {
  return headerOf(request, 'call-id') === callId && sequenceOf(request) <= sequence;
}

function sequenceOf(request: SipRequest): number {
  return parseCSeq(headerOf(request, 'cseq') ?? '').number;
}

/** SIP URIs by RFC 3261 section 19.1.4, others by their text. */
function isSameContact(one: string, other: string): boolean {
  const [first, second] = [parseUri(one), parseUri(other)];
  if (isSip(first) && isSip(second)) return isSameSipUri(first, second);
  return one === other;
}

function isSip<T extends { readonly scheme?: string }>(
  uri: T,
): uri is Extract<T, { readonly scheme: 'sip' | 'sips' }> {
  return uri.scheme === 'sip' || uri.scheme === 'sips';
}

function bindingOf(registering: Registering, { uri, parameters }: NameAddr, seconds: number) {
  const { request, user, mac, from, local, now } = registering;
  const q = parameters.get('q');
  if (q !== undefined && !/^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(q))
    throw new CodecError({ field: 'q', offset: 0, claimed: '0 to 1', actual: JSON.stringify(q) });
  const userAgent = headerOf(request, 'user-agent');
  const binding: Binding = {
    ...{ user, contact: uri, mac, callId: headerOf(request, 'call-id') ?? '' },
    ...{ sequence: sequenceOf(request), registeredAt: now, expiresAt: now + seconds * 1000 },
    ...(q !== undefined && { q: Number(q) }),
    received: from,
    ...(local !== undefined && { local }),
    ...(userAgent !== undefined && { userAgent: userAgent.slice(0, 200) }),
  };
  return binding;
}

function answered(
  { current, now }: Registering,
  put: readonly Binding[],
  gone: readonly Binding[],
): Registered {
  const headers = after(current, put, gone).map((each) => contactHeader(each, now));
  const date = { name: 'Date', value: new Date(now).toUTCString() };
  return { status: 200, reason: 'OK', headers: [...headers, date], put, gone };
}

function after(
  current: readonly Binding[],
  put: readonly Binding[],
  gone: readonly BindingKey[],
): readonly Binding[] {
  const changed = new Set([...put, ...gone].map(({ contact }) => contact));
  const latest = new Map(put.map((each) => [each.contact, each]));
  return [...current.filter(({ contact }) => !changed.has(contact)), ...latest.values()];
}

function contactHeader({ contact, q, expiresAt }: Binding, now: number): SipHeader {
  const seconds = Math.max(Math.ceil((expiresAt - now) / 1000), 0);
  const parameters = new Map([['expires', String(seconds)]]);
  if (q !== undefined) parameters.set('q', String(q));
  return { name: 'Contact', value: nameAddrText({ uri: contact, parameters }) };
}

function tooBrief({ least }: RegistrarTimes, seconds: number): Registered {
  const headers = [{ name: 'Min-Expires', value: String(least) }];
  const because = `${seconds} s are less than ${least} s`;
  return { ...refused(423, 'Interval Too Brief', because), headers };
}

/** Step 7: where one of them fails, all do. */
function outOfOrder(request: SipRequest): Registered {
  const because = `CSeq ${sequenceOf(request)} comes after a later one of its Call-ID`;
  return refused(500, 'Server Internal Error', because);
}

function refused(status: number, reason: string, because: string): Registered {
  return { status, reason, headers: [], put: [], gone: [], because };
}
