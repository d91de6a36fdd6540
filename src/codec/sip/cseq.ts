import { CodecError } from '../../wire/codec-error.ts';
import { isToken, shown } from './sip-text.ts';

export type CSeq = { readonly number: number; readonly method: string };

/** RFC 3261 section 8.1.1.5: less than 2^31. Throws CodecError. */
export function parseCSeq(text: string): CSeq {
  const [, digits = '', method = ''] = /^(\d+)[ \t]+(\S+)$/.exec(text) ?? [];
  const number = Number(digits);
  if (digits === '' || number >= 2 ** 31 || !isToken(method))
    throw new CodecError({
      field: 'CSeq',
      offset: 0,
      claimed: 'a number below 2147483648 and a method',
      actual: shown(text),
    });
  return { number, method };
}
