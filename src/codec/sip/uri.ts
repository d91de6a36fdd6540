import { CodecError } from '../../wire/codec-error.ts';
import { parseSipUri, unescaped, type SipUri } from './sip-uri.ts';
import { shown, type SipParameters } from './sip-text.ts';
import { parseTelUri, type TelUri } from './tel-uri.ts';

/** Of a scheme that SIP does not read itself. */
export type OtherUri = { readonly scheme: string; readonly text: string; readonly isOther: true };

export type Uri = SipUri | TelUri | OtherUri;

/** The scheme in lower case; undefined where there is none. */
export function uriScheme(text: string): string | undefined {
  return /^([A-Za-z][A-Za-z0-9+\-.]*):/.exec(text)?.[1]?.toLowerCase();
}

/** Throws CodecError for text without scheme, and for SIP, SIPS and tel URIs that are not well formed. */
export function parseUri(text: string): Uri {
  const scheme = uriScheme(text);
  if (scheme === 'sip' || scheme === 'sips') return parseSipUri(text);
  if (scheme === 'tel') return parseTelUri(text);
  if (scheme !== undefined) return { scheme, text, isOther: true };
  throw new CodecError({ field: 'URI', offset: 0, claimed: 'SCHEME:…', actual: shown(text) });
}

/** These count even where one of the two has none. RFC 3261 section 19.1.4. */
const telling = ['user', 'ttl', 'method', 'maddr', 'transport'];

/** Whether two SIP or SIPS URIs mean the same. RFC 3261 section 19.1.4. */
export function isSameSipUri(one: SipUri, other: SipUri): boolean {
  return (
    one.scheme === other.scheme &&
    plain(one.user) === plain(other.user) &&
    plain(one.password) === plain(other.password) &&
    one.host === other.host &&
    one.port === other.port &&
    isSameParameters(one.parameters, other.parameters) &&
    headerSet(one.headers) === headerSet(other.headers)
  );
}

/** RFC 3261 section 19.1.2. */
const usualPorts = { sip: 5060, sips: 5061 } as const;

/**
 * Whether two URIs lead to the same user at the same place. Less is asked than for the same meaning:
 * the usual port may be written or not, and parameters, which say how to get there, may differ.
 */
export function isSameResource(one: string, other: string): boolean {
  if (one === other) return true;
  const [first, second] = [placeOf(one), placeOf(other)];
  return first !== undefined && first === second;
}

function placeOf(text: string): string | undefined {
  try {
    const { scheme, user, host, port = usualPorts[scheme] } = parseSipUri(text);
    return JSON.stringify([scheme, plain(user), host, port]);
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}

function plain(text: string | undefined): string | undefined {
  return text === undefined ? undefined : unescaped(text);
}

function isSameParameters(one: SipParameters, other: SipParameters): boolean {
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].every((name) => {
    if (one.has(name) && other.has(name))
      return plain(one.get(name))?.toLowerCase() === plain(other.get(name))?.toLowerCase();
    return !telling.includes(name);
  });
}

/** Headers in one order: all of them count. */
function headerSet(headers: string | undefined): string {
  const pairs = (headers ?? '').split('&').map((pair) => {
    const equals = pair.indexOf('=');
    return [unescaped(pair.slice(0, equals)).toLowerCase(), unescaped(pair.slice(equals + 1))];
  });
  return JSON.stringify(pairs.map((pair) => pair.join('=')).sort());
}
