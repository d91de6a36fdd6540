import { cstring, data, ipv4, servers, u16, u8 } from './command-fields.ts';
import { fromPhone, toPhone } from './command-row.ts';

const server = toPhone('network');
const phone = fromPhone('network');

/** The Network manager: connection, servers, software. Wireshark's dissector of UNIStim, network.h. */
export const networkRows = [
  server(0x02, 'soft-reset'),
  server(0x03, 'hard-reset'),
  /** 01 diagnostic, 02 manager ids, 04 attributes, 08 servers, 10 options, 80 sanity. */
  server(0x04, 'query-network-manager', u8('query')),
  server(0x05, 'network-manager-options', u8('options')),
  server(0x06, 'qos-configuration', data),
  server(0x09, 'set-rtcp-source-description', data),
  server(
    0x0b,
    'download-server-information',
    /** 0 is S1. */
    u8('server'),
    u16('port'),
    u8('action'),
    u8('retry'),
    u8('failover'),
    ipv4('address'),
  ),
  server(0x0c, 'server-switch', u8('server')),
  server(0x0d, 'query-network-configuration', u8('element')),
  server(
    0x0e,
    'download-software-upgrade',
    /** Bits 0-4 mode, 20 forced, 40 the server's port counts, 80 the phone's port counts. */
    u8('flags'),
    u8('unknown'),
    cstring('path'),
    cstring('identifier'),
    u16('serverPort'),
    u16('localPort'),
    ipv4('fileServer'),
  ),
  server(0x0f, 'set-rtcp-report-interval', data),
  server(0x10, 'set-primary-server', u8('server')),
  server(0x12, 'reset-watchdog', u16('seconds')),
  server(0x13, 'set-recovery-interval', u16('low'), u16('high')),
  server(0x14, 'transport-parameters', data),
  server(0xff, 'network-reserved', data),
  phone(0x00, 'soft-reset-ack'),
  phone(0x01, 'sanity-ok'),
  phone(0x02, 'network-attributes', data),
  phone(0x03, 'network-diagnostic', u8('diagnostic')),
  phone(0x04, 'manager-ids', data),
  phone(0x05, 'network-options-report', u8('options')),
  phone(0x08, 'resume-connection'),
  phone(0x09, 'suspend-connection'),
  phone(0x0b, 'network-configuration', data),
  phone(0x0c, 'server-information', u8('primary'), servers),
  phone(0xff, 'phone-network-reserved', data),
] as const;

/** Bits of `download-software-upgrade`. */
export const downloadFlags = {
  mode: 0x1f,
  force: 0x20,
  serverPort: 0x40,
  localPort: 0x80,
} as const;

export const downloadModes = {
  tftp: 0,
  tftpActive: 1,
  uftp: 2,
  /** With UNIStim beside it. */
  uftpActive: 3,
} as const;
