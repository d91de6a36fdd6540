import {
  usualSipPort,
  type AudioCodec,
  type SipHost,
  type SipSettings,
} from '../sip/sip-settings.ts';

/** 0 and 2 are off, 1 and 3 on: Cisco SIP IP Phone Administrator Guide 4.4, Table 3-3. */
export function switchedOn(text: string | undefined, usual: boolean): boolean {
  const value = (text ?? '').trim();
  if (/^[0-3]$/.test(value)) return value === '1' || value === '3';
  if (/^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  return usual;
}

/** A whole number within these bounds, else the usual one. */
export function numberIn(
  text: string | undefined,
  usual: number,
  {
    least = 1,
    most = Number.MAX_SAFE_INTEGER,
  }: { readonly least?: number; readonly most?: number } = {},
): number {
  const value = Number((text ?? '').trim() || NaN);
  return Number.isInteger(value) && value >= least && value <= most ? value : usual;
}

/** `none` and words that nobody knows leave the phone's own order. */
export function codecNamed(text: string | undefined, usual: AudioCodec | undefined) {
  switch ((text ?? '').trim().toLowerCase()) {
    case '':
      return usual;
    case 'g711ulaw':
      return 'PCMU';
    case 'g711alaw':
      return 'PCMA';
    case 'g729':
    case 'g729a':
      return 'G729';
    default:
      return undefined;
  }
}

export function userInfoNamed(text: string | undefined): SipSettings['userInfo'] {
  const word = (text ?? '').trim().toLowerCase();
  return word === 'phone' || word === 'ip' ? word : undefined;
}

/** Ports of RTP, which are even. Both ends of the range are from 16384 to 32766. */
export function mediaPortsFrom(start: string | undefined, end: string | undefined) {
  const bounds = { least: 16_384, most: 32_766 };
  const first = numberIn(start, 16_384, bounds);
  const last = numberIn(end, 32_766, bounds);
  return first <= last ? { first, last } : { first: 16_384, last: 32_766 };
}

/** Undefined where no address is set. */
export function hostNamed(
  address: string | undefined,
  port: string | undefined,
): SipHost | undefined {
  if (address === undefined || address === '') return undefined;
  return { host: address, port: numberIn(port, usualSipPort, { most: 65_535 }) };
}
