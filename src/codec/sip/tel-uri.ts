import { CodecError } from '../../wire/codec-error.ts';
import { parametersText, readParameters, shown, type SipParameters } from './sip-text.ts';

/** RFC 3966 section 3. */
export type TelUri = {
  readonly scheme: 'tel';
  /** As written, with its separators: `+1-201-555-0123`. */
  readonly number: string;
  readonly parameters: SipParameters;
};

/** Throws CodecError. */
export function parseTelUri(text: string): TelUri {
  const semicolon = text.indexOf(';');
  const number = text.slice(4, semicolon < 0 ? undefined : semicolon);
  if (!/^tel:/i.test(text) || !/^\+?[0-9A-Fa-f*#\-.()]+$/.test(number) || !/\d|[*#]/.test(number))
    throw new CodecError({
      field: 'tel URI',
      offset: 0,
      claimed: 'tel: and a number',
      actual: shown(text),
    });
  return {
    scheme: 'tel',
    number,
    parameters: readParameters(semicolon < 0 ? '' : text.slice(semicolon)),
  };
}

export function telUriText({ number, parameters }: TelUri): string {
  return `tel:${number}${parametersText(parameters)}`;
}
