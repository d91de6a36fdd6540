import { summarizeUnistim } from '../../../codec/unistim/unistim-summary.ts';
import { followUftp } from './follow-uftp.ts';
import type { PhoneAddresses } from './phone-addresses.ts';
import { sayingOf, type WirePacket, type WireSaying } from './wire-packet.ts';

/** Terminal proxy, connect server, and file transfers. */
export const unistimPorts: ReadonlySet<number> = new Set([5000, 4100, 5105]);

/** Reads UNIStim; a hardware id proves the MAC. Throws CodecError. */
export function observeUnistim(
  addresses: PhoneAddresses,
): (packet: WirePacket) => readonly WireSaying[] {
  const uftp = followUftp();
  return (packet) => {
    const unistim = summarizeUnistim(packet.payload);
    if (unistim === undefined) return [];
    const { from, texts, mac } = unistim;
    const phone = from === 'phone' ? packet.source : packet.destination;
    if (mac !== undefined) addresses.proved(phone, mac);
    const files = uftp(packet);
    // The request itself says it.
    const others = files.length === 0 ? texts : [];
    const said = others.map((text) =>
      sayingOf(packet, phone, { kind: 'unistim', from, text }, `UNIStim ${text}`),
    );
    return [...said, ...files];
  };
}
