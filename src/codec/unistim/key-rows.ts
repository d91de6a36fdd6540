import { data, u8 } from './command-fields.ts';
import { fromPhone, toPhone } from './command-row.ts';

const server = toPhone('key');
const phone = fromPhone('key');

/** The Key/Indicator manager. Wireshark's dissector of UNIStim, packet-unistim.c. */
export const keyRows = [
  /** Bits 0-2 cadence, 3-4 which. */
  server(0x00, 'led-update', u8('led')),
  server(0x01, 'query-hookswitch'),
  server(0x02, 'user-activity-timer-stop'),
  server(0x03, 'user-activity-timer-start'),
  server(0x04, 'free-form-icon-hardcoded', data),
  server(0x05, 'free-form-icon-downloadable', data),
  server(0x06, 'query-key-manager', u8('query')),
  server(0x07, 'key-manager-options', u8('options')),
  server(0x08, 'logical-icon-mapping', data),
  server(0x09, 'key-repeat-timers', u8('first'), u8('second')),
  server(0x0a, 'query-led', u8('led')),
  server(0x0b, 'query-phone-icon', u8('icon')),
  server(0x0c, 'indicator-cadence', data),
  server(0x0d, 'user-activity-timer', u8('value')),
  server(0x0e, 'free-form-icon', data),
  server(0x0f, 'phone-icon-update', data),
  server(0xff, 'key-reserved', data),
  /** Bits 0-5 which key, 6-7 what was done to it: `codec/unistim/keys.ts`. */
  phone(0x00, 'key-event', u8('key')),
  phone(0x01, 'led-report', data),
  phone(0x03, 'on-hook'),
  phone(0x04, 'off-hook'),
  phone(0x05, 'user-activity-timer-expired'),
  phone(0x06, 'hookswitch-on'),
  phone(0x07, 'hookswitch-off'),
  phone(0x08, 'key-attributes', data),
  phone(0x09, 'key-options-report', data),
  phone(0x0a, 'phone-icon-report', data),
  phone(0xff, 'phone-key-reserved', data),
] as const;
