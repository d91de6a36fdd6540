import { CodecError } from './codec-error.ts';

/** Twelve upper-case hex digits, as the phones write it in file names: `000E84C060A6`. */
export type Mac = string & { readonly brand: 'Mac' };

const separators = /[:.\- ]/g;
const twelveHexDigits = /^[0-9A-F]{12}$/;

/** Reads `00:0E:84:C0:60:A6`, `000e.84c0.60a6`, `00-0E-…` and plain digits. */
export function parseMac(text: string): Mac {
  const digits = text.replace(separators, '').toUpperCase();
  if (twelveHexDigits.test(digits)) return digits as Mac;
  throw new CodecError({
    field: 'MAC address',
    offset: 0,
    claimed: '12 hexadecimal digits',
    actual: `"${text}"`,
  });
}

export function isMac(text: string): text is Mac {
  return twelveHexDigits.test(text);
}

/** `00:0E:84:C0:60:A6` */
export function formatMac(mac: Mac): string {
  return mac.replace(/(..)(?!$)/g, '$1:');
}
