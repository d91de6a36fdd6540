import { decodeUdp } from '../../../codec/pcap/udp.ts';
import { capturedSip } from '../../../codec/sip/sip-summary.ts';
import type { TftpFollower } from './follow-tftp.ts';
import { dhcpPorts, observeDhcp } from './observe-dhcp.ts';
import type { SipObserver } from './observe-sip.ts';
import { observeSntp, sntpPort } from './observe-sntp.ts';
import { observeUnistim, unistimPorts } from './observe-unistim.ts';
import type { PhoneAddresses } from './phone-addresses.ts';
import type { IpEnds, WirePacket, WireSaying } from './wire-packet.ts';

/** Which protocol a datagram speaks is told by its ports, or by its first words. */
export function observeUdp(
  addresses: PhoneAddresses,
  tftp: TftpFollower,
  sip: SipObserver,
): (ends: IpEnds, bytes: Uint8Array) => readonly WireSaying[] {
  const dhcp = observeDhcp();
  const unistim = observeUnistim(addresses);

  /** An address that was acknowledged is the phone's. */
  function proving(said: readonly WireSaying[]): readonly WireSaying[] {
    for (const { address, mac, happening } of said) {
      const isGiven = happening.kind === 'dhcp' && happening.dhcp.message === 'ack';
      if (isGiven && address !== undefined && mac !== undefined) addresses.proved(address, mac);
    }
    return said;
  }

  return (ends, bytes) => {
    const packet: WirePacket = { ...ends, ...decodeUdp(bytes) };
    const { sourcePort, destinationPort, payload } = packet;
    if (dhcpPorts.has(destinationPort)) return proving(dhcp(packet));
    const followed = tftp.udp(packet);
    if (followed !== undefined) return followed;
    if (sourcePort === sntpPort || destinationPort === sntpPort) return observeSntp(packet);
    const message = capturedSip(payload);
    if (message) return sip(packet, message);
    const isUnistim = unistimPorts.has(sourcePort) || unistimPorts.has(destinationPort);
    return isUnistim ? unistim(packet) : [];
  };
}
