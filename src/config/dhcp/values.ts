import { CodecError } from '../../wire/codec-error.ts';
import { ipv4Number, isIPv4 } from '../../wire/ipv4.ts';
import { formatIPv4Network, networkAround, type IPv4Network } from '../../wire/ipv4-network.ts';
import { parseMac, type Mac } from '../../wire/mac.ts';
import { encodeOption, optionCodeOf, optionTitle } from '../../codec/dhcp/dhcp-options.ts';
import type { DhcpOption } from '../../codec/dhcp/dhcp-message.ts';
import type { AddressRange, DhcpMode } from '../../model/dhcp-settings.ts';
import { dhcpModes } from '../../model/dhcp-settings.ts';
import { leaseDurabilities, type LeaseDurability } from '../../model/lease.ts';
import type { Problem } from '../listen.ts';

/** Each reads what an operator wrote, or says why it cannot be read. */

export function readMode(text: string): DhcpMode | Problem {
  const mode = dhcpModes.find((each) => each === text);
  return mode ?? { problem: `"${text}" is neither ${dhcpModes.join(' nor ')}` };
}

export function readDurability(text: string): { readonly durability: LeaseDurability } | Problem {
  const durability = leaseDurabilities.find((each) => each === text);
  if (durability) return { durability };
  return { problem: `"${text}" is neither ${leaseDurabilities.join(' nor ')}` };
}

const words: Readonly<Record<string, boolean>> = {
  ...{ yes: true, true: true, on: true },
  ...{ no: false, false: false, off: false },
};

export function readYesNo(text: string): { readonly yes: boolean } | Problem {
  const yes = words[text.toLowerCase()];
  return yes === undefined ? { problem: `"${text}" is neither yes nor no` } : { yes };
}

const unitSeconds: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };
const span = /^(?:\d+(?:\.\d+)?[smhd])+$|^\d+$/;

/** `8h`, `90m`, `1d12h`, `3600`; in seconds. */
function secondsOf(text: string): number | undefined {
  if (!span.test(text)) return undefined;
  const parts = text.matchAll(/(\d+(?:\.\d+)?)([smhd]?)/g);
  return [...parts].reduce(
    (sum, [, number, unit = '']) => sum + Number(number) * (unitSeconds[unit] ?? 0),
    0,
  );
}

/** The longest that fits option 51, for ever excepted: about 136 years. */
const longestLease = 0xfffffffe;

export function readLease(text: string): { readonly seconds: number } | Problem {
  if (text === 'forever') return { seconds: Infinity };
  const seconds = secondsOf(text);
  if (seconds === undefined)
    return { problem: `"${text}" is no time: write 8h, 90m, 1d12h, 3600s or forever` };
  if (seconds < 1 || seconds > longestLease || !Number.isInteger(seconds))
    return { problem: `"${text}" is not a whole number of seconds from 1 to ${longestLease}` };
  return { seconds };
}

/** East of Greenwich is positive. RFC 2132 section 3.4. */
export function readTimeOffset(text: string): { readonly seconds: number } | Problem {
  const [, sign, size = ''] = /^([+-]?)(.*)$/.exec(text) ?? [];
  const seconds = secondsOf(size);
  if (seconds === undefined || seconds > 18 * 3600)
    return { problem: `"${text}" is no time offset: write 3600, +1h, -5h or +5h30m` };
  return { seconds: sign === '-' ? -seconds : seconds };
}

export function readAddress(text: string): { readonly address: number } | Problem {
  if (isIPv4(text)) return { address: ipv4Number(text) };
  return { problem: `"${text}" is not an IPv4 address` };
}

const longestPrefix = 30;

/** `10.1.0.0/24`. */
export function readSubnet(text: string): IPv4Network | Problem {
  const [, network = '', size = ''] = /^([^/]*)\/(\d{1,2})$/.exec(text) ?? [];
  if (!isIPv4(network)) return { problem: `"${text}" is not a network: write it as 10.1.0.0/24` };
  const prefix = Number(size);
  if (prefix < 1 || prefix > longestPrefix)
    return { problem: `/${size} is not a size from /1 to /${longestPrefix}` };
  const address = ipv4Number(network);
  const subnet = networkAround(address, prefix);
  if (subnet.address === address) return subnet;
  const right = formatIPv4Network(subnet);
  return { problem: `${text} has bits set behind the first ${size}: write ${right}` };
}

/** `10.1.0.10-10.1.0.200` or one address. */
export function readRange(text: string): AddressRange | Problem {
  const [from = '', to = from, ...more] = text.split('-').map((part) => part.trim());
  const wrong = [from, to].find((part) => !isIPv4(part));
  if (wrong !== undefined || more.length > 0)
    return { problem: `"${text}" is no range: write it as 10.1.0.10-10.1.0.200` };
  const range = { first: ipv4Number(from), last: ipv4Number(to) };
  return range.first <= range.last ? range : { problem: `${text} ends before it begins` };
}

const name = /^(?=.{1,255}$)[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/i;

/** Addresses, or one name. */
export function readTftp(texts: readonly string[]): { readonly tftp: readonly string[] } | Problem {
  const [only = ''] = texts;
  if (texts.length > 0 && texts.every(isIPv4)) return { tftp: texts };
  if (texts.length === 1 && name.test(only) && /[a-z]/i.test(only)) return { tftp: texts };
  const wrong = texts.find((text) => !isIPv4(text)) ?? '';
  return { problem: `"${wrong}" is not an IPv4 address; one name alone may stand here too` };
}

/** What the server works out for itself, or says elsewhere. */
const ownOptions: Readonly<Record<number, string>> = {
  1: 'it is that of the network',
  50: 'only clients send it',
  51: 'write lease',
  53: 'it is the type of the message',
  54: "it is the server's own address",
  55: 'only clients send it',
  57: 'only clients send it',
  58: 'half of the lease',
  59: 'seven eighths of the lease',
  61: "it is the client's own",
  82: "it is the relay agent's own",
};

/** Code or name, and a value: in the form of the option, or after `hex`, `text` or `ip`. */
export function readOption(key: string, text: string): DhcpOption | Problem {
  const code = optionCodeOf(key);
  if (code === undefined)
    return { problem: `"${key}" is neither a number from 1 to 254 nor the name of an option` };
  const own = ownOptions[code];
  if (own !== undefined) return { problem: `${optionTitle(code)} cannot be set: ${own}` };
  const [, form, value = ''] = /^(hex|text|ip) (.*)$/s.exec(text) ?? [];
  try {
    const bytes = form === undefined ? encodeOption(code, text) : formed(form, value);
    return 'problem' in bytes ? bytes : { code, bytes };
  } catch (error) {
    if (error instanceof CodecError) return { problem: inWords(code, text, error) };
    throw error;
  }
}

/** Options without a form of their own are octets: how those are written here is said. */
function inWords(code: number, text: string, { fault }: CodecError): string {
  const title = optionTitle(code);
  const isOctets = /^octets in hex/.test(fault.claimed);
  if (isOctets) return `${title}: write it as "text ${text}", or in octets as "hex 0a 0b"`;
  return `${title}: expected ${fault.claimed}, found ${fault.actual}`;
}

function formed(form: string, value: string): Uint8Array | Problem {
  if (form === 'text') return Uint8Array.from(Buffer.from(value, 'utf8'));
  if (form === 'ip') {
    const parts = value.split(/[\s,]+/).filter((part) => part !== '');
    const wrong = parts.find((part) => !isIPv4(part));
    if (wrong !== undefined || parts.length === 0)
      return { problem: `"${wrong ?? value}" is not an IPv4 address` };
    return Uint8Array.from(parts.flatMap((part) => part.split('.').map(Number)));
  }
  const digits = value.replace(/0x|[\s:]/g, '');
  if (/^(?:[0-9a-f]{2})+$/i.test(digits)) return Uint8Array.from(Buffer.from(digits, 'hex'));
  return { problem: `"${value}" is not pairs of hexadecimal digits` };
}

/** A MAC, or `id:` and option 61 in hex. */
export function readReservedFor(
  text: string,
): { readonly mac: Mac } | { readonly clientId: string } | Problem {
  if (text.startsWith('id:')) {
    const digits = text
      .slice(3)
      .replace(/[\s:.-]/g, '')
      .toLowerCase();
    if (/^(?:[0-9a-f]{2}){1,255}$/.test(digits)) return { clientId: digits };
    return { problem: `"${text}" is no client id: write id: and pairs of hexadecimal digits` };
  }
  try {
    return { mac: parseMac(text) };
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return {
      problem: `"${text}" is neither a MAC address nor a client id such as id:01000e84c060a6`,
    };
  }
}

/** The start of a MAC, in whole or half octets. */
export function readMacPrefix(text: string): { readonly macPrefix: string } | Problem {
  const macPrefix = text.replace(/[\s:.-]|\*$/g, '').toUpperCase();
  if (/^[0-9A-F]{1,12}$/.test(macPrefix)) return { macPrefix };
  return { problem: `"${text}" is not the start of a MAC address, such as 00:0E:84` };
}

export function readLabel(
  text: string,
): { readonly label: { readonly name: string; readonly value: string } } | Problem {
  const equals = text.indexOf('=');
  if (equals < 1) return { problem: `"${text}": write a label as NAME=VALUE` };
  return { label: { name: text.slice(0, equals), value: text.slice(equals + 1) } };
}
