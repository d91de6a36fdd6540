import type { CommandNamed } from '../../codec/unistim/unistim-command.ts';
import { type NortelMemory, unistimAction } from './nortel-memory.ts';

/** Names by number: S1 to S10. */
export function serverName(number: number): string {
  return `S${number + 1}`;
}

/**
 * Keeps what Download Server Information names. A server with another action than UNIStim waits for
 * the SIP image that it is meant for, so that a download that fails does not leave the phone without
 * its IP Client Manager. S3 is the TFTP server, S4 the DNS server. All of this is our assumption.
 */
export function withServer(
  memory: NortelMemory,
  { server, address, port, action, retry: retries }: CommandNamed<'download-server-information'>,
): NortelMemory {
  const name = serverName(server);
  const kept = { address, port, action, retries };
  if (name === 'S3')
    return {
      ...{ ...memory, servers: { ...memory.servers, [name]: kept } },
      network: address === '0.0.0.0' ? {} : { tftp: address, tftpPort: port },
    };
  const isOfNow = action === unistimAction || name === 'S4';
  if (isOfNow) return { ...memory, servers: { ...memory.servers, [name]: kept } };
  return { ...memory, awaited: { ...memory.awaited, [name]: kept } };
}
