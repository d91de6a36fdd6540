import { CodecError } from '../../wire/codec-error.ts';
import {
  isToken,
  parametersText,
  readParameters,
  shown,
  type SipParameters,
  trimmed,
} from './sip-text.ts';

/** RFC 3261 section 20.42; `received`, and `rport` of RFC 3581, are parameters. */
export type Via = {
  /** `SIP/2.0` */
  readonly protocol: string;
  /** `UDP`, in capitals. */
  readonly transport: string;
  /** In lower case; IPv6 addresses in brackets. */
  readonly host: string;
  readonly port?: number;
  readonly parameters: SipParameters;
};

/** RFC 3261 section 8.1.1.7: branches that begin so are unique by themselves. */
export const magicCookie = 'z9hG4bK';

/** Throws CodecError. */
export function parseVia(text: string): Via {
  const semicolon = text.indexOf(';');
  const head = semicolon < 0 ? text : text.slice(0, semicolon);
  const [name = '', version = '', rest = '', ...more] = head.split('/').map(trimmed);
  const blank = rest.search(/\s/);
  const transport = rest.slice(0, Math.max(blank, 0));
  const sentBy = readSentBy(trimmed(rest.slice(Math.max(blank, 0))));
  if (![name, version, transport].every(isToken) || more.length > 0 || !sentBy)
    throw new CodecError({
      field: 'Via',
      offset: 0,
      claimed: 'SIP/2.0/TRANSPORT HOST:PORT;branch=…',
      actual: shown(text),
    });
  return {
    protocol: `${name}/${version}`,
    transport: transport.toUpperCase(),
    ...sentBy,
    parameters: readParameters(semicolon < 0 ? '' : text.slice(semicolon)),
  };
}

function readSentBy(text: string): { readonly host: string; readonly port?: number } | undefined {
  const end = text.startsWith('[') ? text.indexOf(']') + 1 : text.indexOf(':');
  const host = trimmed(end < 0 ? text : text.slice(0, end)).toLowerCase();
  if (!/^(?:[a-z0-9\-_.]+|\[[0-9a-f:.]+\])$/.test(host)) return undefined;
  const behind = end < 0 ? '' : trimmed(text.slice(end));
  if (behind === '') return { host };
  const digits = trimmed(behind.slice(1));
  if (!behind.startsWith(':') || !/^\d{1,5}$/.test(digits) || Number(digits) > 65_535)
    return undefined;
  return { host, port: Number(digits) };
}

export function viaText({ protocol, transport, host, port, parameters }: Via): string {
  const where = port === undefined ? host : `${host}:${port}`;
  return `${protocol}/${transport} ${where}${parametersText(parameters)}`;
}
