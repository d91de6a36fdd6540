import { data, u8 } from './command-fields.ts';
import { toPhone } from './command-row.ts';

const server = toPhone('broadcast');

/** The Broadcast manager: the same for all phones. Wireshark's dissector of UNIStim, broadcast.h. */
export const broadcastRows = [
  server(0x00, 'accessory-sync-update', data),
  server(0x01, 'logical-icon-update', data),
  server(
    0x02,
    'time-and-date',
    /** Of the century, in the lower seven bits. */
    u8('year'),
    u8('month'),
    u8('day'),
    u8('hour'),
    u8('minute'),
    u8('second'),
  ),
  server(0x03, 'set-default-character-table', data),
  server(0xff, 'broadcast-reserved', data),
] as const;
