import { isIPv4 } from '../../wire/ipv4.ts';
import type { DhcpFacts } from '../happening.ts';

/** The value of an option as dnsmasq writes it in its log: `192.0.2.1, 192.0.2.2`, `1h`, a text. */
export function dnsmasqOption(code: number, value: string): Partial<DhcpFacts> {
  const addresses = value.split(/[\s,]+/).filter(isIPv4);
  switch (code) {
    case 3:
      return { routers: addresses };
    case 42:
      return { ntpServers: addresses };
    case 51: {
      const leaseSeconds = secondsOf(value);
      return leaseSeconds === undefined ? {} : { leaseSeconds };
    }
    case 54:
      return addresses[0] === undefined ? {} : { server: addresses[0] };
    case 66:
      return { tftpServerName: value.trim() };
    case 67:
      return { bootFile: value.trim() };
    case 150:
      return { tftpServers: addresses.length > 0 ? addresses : hexAddresses(value) };
    default:
      return {};
  }
}

const unitSeconds = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 } as const;

/** `52m30s` as 3150; `infinite` as the value of RFC 2131 section 3.3. */
function secondsOf(text: string): number | undefined {
  if (text.trim() === 'infinite') return 0xffffffff;
  const parts = [...text.matchAll(/(\d+)([wdhms])/g)];
  if (parts.length === 0) return undefined;
  return parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * unitSeconds[unit as keyof typeof unitSeconds],
    0,
  );
}

/** Options that it has no type for are written in hexadecimal. */
function hexAddresses(value: string): readonly string[] {
  const bytes = value.trim().split(/[: ]/);
  if (!bytes.every((byte) => /^[0-9a-f]{2}$/i.test(byte)) || bytes.length % 4 !== 0) return [];
  const numbers = bytes.map((byte) => parseInt(byte, 16));
  const starts = numbers.map((_, at) => at).filter((at) => at % 4 === 0);
  return starts.map((at) => numbers.slice(at, at + 4).join('.'));
}
