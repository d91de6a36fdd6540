import { CodecError } from '../../wire/codec-error.ts';
import { parametersText, readParameters, type SipParameters } from './sip-text.ts';

/** RFC 3261 section 20.42; `received`, and `rport` of RFC 3581, are parameters. */
export type Via = {
  /** `SIP/2.0` */
  readonly protocol: string;
  /** `UDP`, in capitals. */
  readonly transport: string;
  readonly host: string;
  readonly port?: number;
  readonly parameters: SipParameters;
};

/** RFC 3261 section 8.1.1.7: branches that begin so are unique by themselves. */
export const magicCookie = 'z9hG4bK';

const form =
  /^([^\s/]+)\s*\/\s*([^\s/]+)\s*\/\s*([^\s/]+)\s+(\[[^\]]+\]|[^\s;:]+)\s*(?::\s*(\d{1,5}))?\s*(;[\s\S]*)?$/;

/** Throws CodecError. */
export function parseVia(text: string): Via {
  const match = form.exec(text);
  const [, name = '', version = '', transport = '', host = '', port, parameters = ''] = match ?? [];
  if (!match || Number(port ?? 0) > 65_535)
    throw new CodecError({
      field: 'Via',
      offset: 0,
      claimed: 'SIP/2.0/TRANSPORT HOST:PORT;branch=…',
      actual: JSON.stringify(text),
    });
  return {
    protocol: `${name}/${version}`,
    transport: transport.toUpperCase(),
    host: host.toLowerCase(),
    ...(port !== undefined && { port: Number(port) }),
    parameters: readParameters(parameters),
  };
}

export function viaText({ protocol, transport, host, port, parameters }: Via): string {
  const where = port === undefined ? host : `${host}:${port}`;
  return `${protocol}/${transport} ${where}${parametersText(parameters)}`;
}
