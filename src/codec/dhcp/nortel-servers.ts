import { isIPv4 } from '../../wire/ipv4.ts';
import { TextCursor } from '../text/text-cursor.ts';

/** One server of the string: `10.10.33.2:4100,1,10`. */
export type NortelServer = {
  readonly address: string;
  /** 0 to 65535. */
  readonly port: number;
  /** What the phone does there: 1 is a UNIStim hello. 0 to 255. Absent for a text XAS. */
  readonly action?: number;
  /** Attempts before the next server. 0 to 255. */
  readonly retries?: number;
};

/**
 * What option 43 or a site-specific option says to IP Phones 2004: which servers to register with.
 * IP Phones Fundamentals, `Configuring the DHCP server`.
 */
export type NortelServers = {
  /** `Nortel-i2004-A`: the class that the phone sends in option 60. */
  readonly prefix: string;
  /** One or two, and the third an application server (XAS). */
  readonly servers: readonly NortelServer[];
  /** The string ends with a NUL. */
  readonly nul: boolean;
};

const mostServers = 3;

/**
 * Reads `Nortel-i2004-A,10.10.33.2:4100,1,10;10.80.18.2:4100,1,10.`; leading zeros count for
 * nothing. Throws CodecError with the place of the first character that is wrong.
 */
export function parseNortelServers(text: string): NortelServers {
  const cursor = new TextCursor(text, 'Nortel server string');
  const prefix = cursor.match(/Nortel-[A-Za-z0-9-]*-A/y, 'a class such as Nortel-i2004-A');
  cursor.expect(',');
  const servers: NortelServer[] = [];
  do {
    if (servers.length === mostServers) cursor.fail(`at most ${mostServers} servers`);
    servers.push(readServer(cursor, servers.length === mostServers - 1));
  } while (cursor.take(';'));
  cursor.expect('.');
  const nul = cursor.take('\0');
  cursor.end();
  return { prefix, servers, nul };
}

/** Throws CodecError for what `parseNortelServers` would not read. */
export function serializeNortelServers({ prefix, servers, nul }: NortelServers): string {
  const text = `${prefix},${servers.map(serverText).join(';')}.${nul ? '\0' : ''}`;
  parseNortelServers(text);
  return text;
}

function serverText({ address, port, action, retries }: NortelServer): string {
  if (action === undefined) return `${address}:${port}`;
  return `${address}:${port},${action},${retries ?? 0}`;
}

/** A third server without action and retries is an XAS that shows text. */
function readServer(cursor: TextCursor, mayBeText: boolean): NortelServer {
  const address = readAddress(cursor);
  cursor.expect(':');
  const port = cursor.number('a port', 5, 65_535);
  if (mayBeText && !cursor.at(',')) return { address, port };
  cursor.expect(',');
  const action = cursor.number('an action', 3, 255);
  cursor.expect(',');
  return { address, port, action, retries: cursor.number('a number of retries', 3, 255) };
}

function readAddress(cursor: TextCursor): string {
  const start = cursor.offset;
  const parts = [0, 1, 2, 3].map((index) => {
    if (index > 0) cursor.expect('.');
    return cursor.number('a part of an address', 3, 255);
  });
  const address = parts.join('.');
  if (!isIPv4(address) || address === '0.0.0.0') cursor.fail('an address', start);
  return address;
}
