import type { SipMessage } from '../../../codec/sip/sip-message.ts';
import { summarizeSip } from '../../../codec/sip/sip-summary.ts';
import type { Happening } from '../../../model/observation.ts';
import { sayingOf, type PacketEnds, type WireSaying } from './wire-packet.ts';

const sipPort = 5060;
const mostServers = 1024;

/** What SIP messages tell, over whatever they came. */
export type SipObserver = (ends: PacketEnds, message: SipMessage) => readonly WireSaying[];

/** A server is what phones register with; before any has, whoever is on port 5060 alone. */
export function observeSip(): SipObserver {
  const servers = new Set<string>();

  function isServer(ends: PacketEnds, isRequest: boolean, method: string): boolean {
    const { source, destination, sourcePort, destinationPort } = ends;
    if (method === 'REGISTER') {
      const server = isRequest ? destination : source;
      if (servers.size < mostServers) servers.add(server);
      return server === source;
    }
    if (servers.has(source)) return true;
    if (servers.has(destination)) return false;
    return sourcePort === sipPort && destinationPort !== sipPort;
  }

  return (ends, message) => {
    const sip = summarizeSip(message);
    if (sip === undefined) return [];
    const { method, status, reason, user, userAgent, expires } = sip;
    const fromServer = isServer(ends, status === undefined, method);
    const happening: Happening = {
      kind: 'sip',
      method,
      from: fromServer ? 'server' : 'phone',
      server: fromServer ? ends.source : ends.destination,
      ...(status === undefined ? {} : { status }),
      ...(user === undefined ? {} : { user }),
      ...(userAgent === undefined ? {} : { userAgent }),
      ...(expires === undefined ? {} : { expires }),
    };
    const phone = fromServer ? ends.destination : ends.source;
    const words = status === undefined ? `SIP ${method}` : `SIP ${status} ${reason} to ${method}`;
    return [sayingOf(ends, phone, happening, words)];
  };
}
