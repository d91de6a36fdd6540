import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import type { RealClock } from '../twin/clock.ts';
import type { TwinDhcp } from '../twin/dhcp/dhcp-speech.ts';
import type { Server } from '../twin/tftp-client.ts';
import { udpNetwork } from '../twin/udp-network.ts';

/** How a virtual phone on a real network gets its address. */
export type RealDhcp = {
  readonly dhcp: TwinDhcp;
  /** What it sends everything else from: the given address, where this machine has it. */
  readonly ownAddress: () => string;
};

/** RFC 1350 section 4. */
const usualTftpPort = 69;
/** Real time for an answer to one of three DISCOVERs, however much of a hurry there is. */
const floorMs = 1400;
const dnsPatience = { timeout: 1000, tries: 1 } as const;

/**
 * A program like others may have neither port 68 nor the address that it is given: the phone speaks
 * as its own relay agent, at `address` or where this machine reaches the server from.
 */
export async function realDhcp(
  server: Server,
  address: string,
  tftpPort: number | undefined,
  clock: RealClock,
): Promise<RealDhcp> {
  const relay = address === '0.0.0.0' ? await addressTowards(server) : address;
  let current = address;
  const dhcp: TwinDhcp = {
    ...{ server, relay, resolve },
    network: udpNetwork(relay, patient(clock)),
    tftpPort: tftpPort ?? usualTftpPort,
    async useAddress(given) {
      if (await isOurs(given)) current = given;
    },
  };
  return { dhcp, ownAddress: () => current };
}

/** Servers look for three seconds whether an address is free before they offer it. */
function patient(clock: RealClock): RealClock {
  return { ...clock, patience: (ms) => Math.max(clock.patience(ms), Math.min(ms, floorMs)) };
}

/** Nothing is sent: the route alone decides. */
export async function addressTowards({ address, port }: Server): Promise<string> {
  const socket = createSocket('udp4');
  try {
    socket.connect(port, address);
    await once(socket, 'connect');
    return socket.address().address;
  } finally {
    socket.close();
  }
}

async function isOurs(address: string): Promise<boolean> {
  const socket = createSocket('udp4');
  try {
    socket.bind({ address, port: 0, exclusive: true });
    await once(socket, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    socket.close();
  }
}

/** By the servers that DHCP named, and by no other. */
async function resolve(name: string, servers: readonly string[]): Promise<string | undefined> {
  if (servers.length === 0) return undefined;
  const resolver = new Resolver(dnsPatience);
  resolver.setServers(servers);
  try {
    return (await resolver.resolve4(name))[0];
  } catch {
    return undefined;
  }
}
