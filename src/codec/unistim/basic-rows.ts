import { bytes, data, mac, text, u32, u8 } from './command-fields.ts';
import { fromPhone, toPhone } from './command-row.ts';

const server = toPhone('basic');
const phone = fromPhone('basic');

/** The Basic manager: who the phone is. Wireshark's dissector of UNIStim, packet-unistim.c. */
export const basicRows = [
  /** 01 attributes, 02 options, 04 firmware, 08 hardware id, 10 type, 40 engineering code, 80 grey market. */
  server(0x01, 'query-basic-manager', u8('query')),
  server(0x02, 'basic-manager-options', u8('options')),
  server(0x06, 'eeprom-write', u8('element'), data),
  server(0x07, 'assign-terminal-id', u32('terminalId')),
  server(0x08, 'encapsulate-command', data),
  server(0xff, 'basic-reserved', data),
  phone(0x00, 'basic-attributes', u8('eepromStatic'), u8('eepromDynamic'), u8('netConfig')),
  phone(0x01, 'basic-options-report', u8('options')),
  phone(0x02, 'firmware-version', text('version')),
  phone(0x03, 'it-type', u8('type')),
  phone(0x07, 'hardware-id', bytes('before', 2), mac('mac'), bytes('after', 2)),
  phone(0x08, 'product-engineering-code', text('code')),
  phone(0x09, 'grey-market-info', data),
  phone(0x0a, 'encapsulated-command', data),
  phone(0x0b, 'startup-reason', text('reason')),
  phone(0x11, 'ethernet-address', mac('mac')),
  phone(0xff, 'phone-basic-reserved', data),
] as const;
