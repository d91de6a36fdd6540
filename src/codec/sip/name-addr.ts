import { CodecError } from '../../wire/codec-error.ts';
import {
  isToken,
  parametersText,
  quoted,
  quotedEnd,
  readParameters,
  shown,
  unquoted,
  type SipParameters,
  trimmed,
} from './sip-text.ts';

/** A value of From, To, Contact, Route…; its URI as written. RFC 3261 section 20.10. */
export type NameAddr = {
  readonly displayName?: string;
  readonly uri: string;
  readonly parameters: SipParameters;
};

/** Throws CodecError. */
export function parseNameAddr(field: string, written: string): NameAddr {
  const text = trimmed(written);
  const fail = (claimed: string): never => {
    throw new CodecError({ field, offset: 0, claimed, actual: shown(text) });
  };
  const nameEnd = text.startsWith('"') ? quotedEnd(text, 0) : 0;
  if (nameEnd < 0) return fail('a closing quote');
  const open = text.indexOf('<', nameEnd);
  const semicolon = text.indexOf(';', nameEnd);
  if (open < 0 || (semicolon >= 0 && semicolon < open))
    return nameEnd > 0 ? fail('an address in angle brackets') : addrSpec(text, fail);
  const close = text.indexOf('>', open);
  if (close < 0) return fail('a closing angle bracket');
  const name = trimmed(text.slice(0, open));
  const isName = nameEnd > 0 ? trimmed(text.slice(nameEnd, open)) === '' : isTokens(name);
  if (!isName) return fail('a display name of tokens, or in quotes');
  const behind = trimmed(text.slice(close + 1));
  if (behind !== '' && !behind.startsWith(';')) return fail('parameters behind the address');
  const uri = text.slice(open + 1, close);
  if (trimmed(uri) !== uri || uri === '') return fail('a URI without blanks around it');
  return {
    ...(name !== '' && { displayName: unquoted(name) }),
    uri,
    parameters: readParameters(behind),
  };
}

/** Without angle brackets what follows a semicolon belongs to the header. RFC 3261 section 20. */
function addrSpec(text: string, fail: (claimed: string) => never): NameAddr {
  const semicolon = text.indexOf(';');
  const uri = trimmed(semicolon < 0 ? text : text.slice(0, semicolon));
  if (!/^[A-Za-z][A-Za-z0-9+\-.]*:/.test(uri)) return fail('a URI with its scheme');
  if (/[\s,?]/.test(uri)) return fail('a URI; one with , or ? in angle brackets');
  return { uri, parameters: readParameters(semicolon < 0 ? '' : text.slice(semicolon)) };
}

function isTokens(name: string): boolean {
  return name === '' || name.split(/[ \t]+/).every(isToken);
}

export function nameAddrText({ displayName, uri, parameters }: NameAddr): string {
  const name = displayName === undefined ? '' : `${quoted(displayName)} `;
  return `${name}<${uri}>${parametersText(parameters)}`;
}

/** The `tag` of a From or To. Throws CodecError. */
export function tagOf(field: 'from' | 'to', text: string): string | undefined {
  return parseNameAddr(field, text).parameters.get('tag');
}
