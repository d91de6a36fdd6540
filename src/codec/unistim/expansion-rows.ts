import { data, text, u8 } from './command-fields.ts';
import { fromPhone, toPhone } from './command-row.ts';

const server = toPhone('expansion');
const phone = fromPhone('expansion');

/** Expansion modules, one to six. Wireshark's dissector of UNIStim, expansion.h. */
export const expansionRows = [
  server(0x17, 'expansion-next-write', data),
  server(0x57, 'expansion-write', u8('label'), text('text')),
  server(0x59, 'expansion-icon-update', data),
  phone(0x59, 'expansion-key', data),
] as const;
