import { sayingOf, type WirePacket, type WireSaying } from './wire-packet.ts';

export const sntpPort = 123;

const shortest = 48;
/** RFC 4330 section 4: 3 is a client, 4 a server, 5 a server that broadcasts. */
const modes = { client: 3, server: 4, broadcast: 5 } as const;

export function observeSntp(packet: WirePacket): readonly WireSaying[] {
  if (packet.length < shortest) return [];
  const mode = (packet.payload[0] ?? 0) & 7;
  const { source, destination } = packet;
  const asks = { kind: 'sntp', from: 'phone', server: destination } as const;
  const tells = { kind: 'sntp', from: 'server', server: source } as const;
  switch (mode) {
    case modes.client:
      return [sayingOf(packet, source, asks, 'SNTP asks')];
    case modes.server:
      return [sayingOf(packet, destination, tells, 'SNTP answers')];
    case modes.broadcast:
      return [sayingOf(packet, undefined, tells, 'SNTP broadcast')];
    default:
      return [];
  }
}
