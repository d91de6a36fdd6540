/**
 * Header fields by their usual spelling, with the short form where there is one. RFC 3261 sections
 * 7.3.3 and 20; RFC 6665 (Event, Allow-Events), RFC 3515 (Refer-To), RFC 3892 (Referred-By), RFC 4028
 * (Session-Expires), RFC 3841 (request dispositions), RFC 8224 (Identity).
 */
const shortForms: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  d: 'request-disposition',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  j: 'reject-contact',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
  y: 'identity',
};

/** Fields that hold lists with commas between their values. RFC 3261 section 7.3.1. */
const lists: ReadonlySet<string> = new Set([
  ...['accept', 'accept-encoding', 'accept-language', 'alert-info', 'allow', 'allow-events'],
  ...['call-info', 'contact', 'content-encoding', 'content-language', 'error-info', 'in-reply-to'],
  ...['diversion', 'history-info', 'p-asserted-identity', 'path', 'proxy-require'],
  ...['record-route', 'reason', 'require', 'route', 'service-route'],
  ...['supported', 'unsupported', 'via', 'warning'],
]);

/** Fields of which a second one would leave open what is meant. RFC 3261 section 7.3.1, table 2. */
export const singleHeaders = [
  ...['call-id', 'content-length', 'content-type', 'cseq', 'event', 'expires', 'from'],
  ...['max-forwards', 'min-expires', 'refer-to', 'subscription-state', 'to'],
] as const;

/** The field's one name, in lower case: `v` and `VIA` are `via`. RFC 3261 section 7.3.1. */
export function headerName(written: string): string {
  const name = written.toLowerCase();
  return name.length === 1 ? (shortForms[name] ?? name) : name;
}

export function isListHeader(name: string): boolean {
  return lists.has(name);
}
