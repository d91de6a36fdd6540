import { parseNortelServers } from '../../codec/dhcp/nortel-servers.ts';
import type { KeptServer } from './nortel-memory.ts';
import { unistimAction } from './nortel-memory.ts';
import { usualRetries } from './timing.ts';

/**
 * A server as people enter it at the phone, in the words of DHCP: `192.0.2.10:5000,1,10`. Action and
 * retries may be left out. Throws a CodecError.
 */
export function enteredServer(text: string): KeptServer {
  const [address = '', action = `${unistimAction}`, retries = `${usualRetries}`] = text.split(',');
  const whole = `Nortel-i2004-A,${address},${action},${retries}.`;
  const [server] = parseNortelServers(whole).servers;
  if (server === undefined) throw new TypeError(`no server in "${whole}"`);
  return {
    address: server.address,
    port: server.port,
    action: server.action ?? unistimAction,
    retries: server.retries ?? usualRetries,
  };
}
