import { CodecError } from '../../wire/codec-error.ts';
import {
  latin1Text,
  parametersText,
  readParameters,
  shown,
  type SipParameters,
} from './sip-text.ts';

/** A SIP or SIPS URI. RFC 3261 section 19.1. Escapes are kept as they are written. */
export type SipUri = {
  readonly scheme: 'sip' | 'sips';
  readonly user?: string;
  readonly password?: string;
  /** In lower case; IPv6 addresses in brackets. */
  readonly host: string;
  readonly port?: number;
  readonly parameters: SipParameters;
  /** Behind `?`, as written. */
  readonly headers?: string;
};

const host = /^(?:[a-z0-9](?:[a-z0-9\-_.]*[a-z0-9.])?|\[[0-9a-f:.]+\])$/;
const userCharacters = /^(?:[A-Za-z0-9\-_.!~*'()&=+$,;?/#]|%[0-9A-Fa-f]{2})*$/;

/** Throws CodecError for other schemes and for what is not well formed. */
export function parseSipUri(text: string): SipUri {
  const scheme = /^(sips?):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== 'sip' && scheme !== 'sips') return fail(text, 0, 'sip: or sips:');
  if (/[\s<>"\x00-\x1f]/.test(text))
    return fail(text, text.search(/[\s<>"\x00-\x1f]/), 'no blanks');
  const rest = text.slice(scheme.length + 1);
  const at = rest.lastIndexOf('@');
  const behind = rest.slice(at + 1);
  const question = behind.indexOf('?');
  const [hostPort = '', ...parameters] = (question < 0 ? behind : behind.slice(0, question)).split(
    ';',
  );
  const where = readHostPort(text, hostPort);
  return {
    scheme,
    ...(at >= 0 && readUser(text, rest.slice(0, at))),
    ...where,
    parameters: readParameters(`;${parameters.join(';')}`),
    ...(question >= 0 && { headers: behind.slice(question + 1) }),
  };
}

function readUser(text: string, userInfo: string) {
  const colon = userInfo.indexOf(':');
  const user = colon < 0 ? userInfo : userInfo.slice(0, colon);
  if (user === '' || !userCharacters.test(user)) return fail(text, 0, 'a user name');
  return colon < 0 ? { user } : { user, password: userInfo.slice(colon + 1) };
}

function readHostPort(text: string, hostPort: string) {
  const match = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(hostPort);
  const name = (match?.[1] ?? '').toLowerCase();
  const port = match?.[2];
  if (!host.test(name)) return fail(text, text.indexOf(hostPort), 'a host');
  if (port === undefined) return { host: name };
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    return fail(text, text.indexOf(hostPort), 'a port up to 65535');
  return { host: name, port: Number(port) };
}

export function sipUriText(uri: SipUri): string {
  const { scheme, user, password, port, parameters, headers } = uri;
  const who = user === undefined ? '' : `${user}${password === undefined ? '' : `:${password}`}@`;
  const where = port === undefined ? uri.host : `${uri.host}:${port}`;
  const more = headers === undefined ? '' : `?${headers}`;
  return `${scheme}:${who}${where}${parametersText(parameters)}${more}`;
}

/** `%41` as `A`, as Latin-1 (`utf8Text` makes it readable). What is no escape stays; never twice. */
export function unescaped(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Ordinary text as a user part, with escapes for what may not stand there. RFC 3261 section 19.1.2. */
export function escapedUser(text: string): string {
  const escape = (letter: string) =>
    `%${letter.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`;
  return latin1Text(text).replace(/[^A-Za-z0-9\-_.!~*'()&=+$,;?/]/g, escape);
}

function fail(text: string, offset: number, claimed: string): never {
  throw new CodecError({
    field: 'SIP URI',
    offset: Math.max(offset, 0),
    claimed,
    actual: shown(text),
  });
}
