import { atftpdLog } from './atftpd.ts';
import { ciscoIosLog } from './cisco-ios.ts';
import { dnsmasqLog } from './dnsmasq.ts';
import { iscDhcpdLog } from './isc-dhcpd.ts';
import { jsonLog } from './json-lines.ts';
import type { LogFormat } from './log-format.ts';
import { tftpd32Log } from './tftpd32.ts';
import { tftpdHpaLog } from './tftpd-hpa.ts';

/** Every program whose log can be read. A line without a program's name is the first's that knows it. */
export const logFormats: readonly LogFormat[] = [
  jsonLog,
  tftpdHpaLog,
  atftpdLog,
  dnsmasqLog,
  iscDhcpdLog,
  ciscoIosLog,
  tftpd32Log,
];
