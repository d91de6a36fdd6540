import { summarizeSip } from '../../../codec/sip/sip-summary.ts';
import type { Happening } from '../../../model/observation.ts';
import { sayingOf, type WirePacket, type WireSaying } from './wire-packet.ts';

const sipPort = 5060;
const mostServers = 1024;

/** Reads SIP messages, over whatever they came. Undefined for what is none. */
export type SipObserver = (packet: WirePacket) => readonly WireSaying[] | undefined;

/** A server is what phones register with; before any has, whoever is on port 5060 alone. */
export function observeSip(): SipObserver {
  const servers = new Set<string>();

  function isServer(packet: WirePacket, isRequest: boolean, method: string): boolean {
    const { source, destination, sourcePort, destinationPort } = packet;
    if (method === 'REGISTER') {
      const server = isRequest ? destination : source;
      if (servers.size < mostServers) servers.add(server);
      return server === source;
    }
    if (servers.has(source)) return true;
    if (servers.has(destination)) return false;
    return sourcePort === sipPort && destinationPort !== sipPort;
  }

  return (packet) => {
    const sip = summarizeSip(packet.payload);
    if (sip === undefined) return undefined;
    const { method, status, reason, user, userAgent, expires } = sip;
    const fromServer = isServer(packet, status === undefined, method);
    const happening: Happening = {
      kind: 'sip',
      method,
      from: fromServer ? 'server' : 'phone',
      server: fromServer ? packet.source : packet.destination,
      ...(status === undefined ? {} : { status }),
      ...(user === undefined ? {} : { user }),
      ...(userAgent === undefined ? {} : { userAgent }),
      ...(expires === undefined ? {} : { expires }),
    };
    const phone = fromServer ? packet.destination : packet.source;
    const words = status === undefined ? `SIP ${method}` : `SIP ${status} ${reason} to ${method}`;
    return [sayingOf(packet, phone, happening, words)];
  };
}
