import type { ArpPacket } from '../../../codec/pcap/arp.ts';
import type { Mac } from '../../../wire/mac.ts';
import type { WireSaying } from './wire-packet.ts';

type Owner = { readonly mac: Mac; readonly at: number };

/** Two that claim an address within this use it at the same time; later it was given away. */
const togetherMs = 60_000;
const mostAddresses = 65_536;

/** Finds addresses that two claim, and ones that were taken when a phone asked. RFC 5227. */
export function observeArp(): (
  arp: ArpPacket,
  number: number,
  at: number,
) => readonly WireSaying[] {
  const owners = new Map<string, Owner>();
  /** Who asked, from no address, whether one is free. */
  const probes = new Map<string, Owner>();

  function keep(map: Map<string, Owner>, address: string, owner: Owner): void {
    map.delete(address);
    map.set(address, owner);
    const [oldest] = map.keys();
    if (map.size > mostAddresses && oldest !== undefined) map.delete(oldest);
  }

  return (arp, number, at) => {
    const { sender, senderMac, target } = arp;
    if (sender === '0.0.0.0') {
      keep(probes, target, { mac: senderMac, at });
      return [];
    }
    const before = owners.get(sender);
    const probe = probes.get(sender);
    keep(owners, sender, { mac: senderMac, at });
    const probed = isOther(probe, senderMac, at) && arp.kind === 'reply' ? probe : undefined;
    if (probed !== undefined) probes.delete(sender);
    const other = probed ?? (isOther(before, senderMac, at) ? before : undefined);
    if (other === undefined) return [];
    const happening = { kind: 'address-conflict', address: sender } as const;
    const text = `ARP: ${sender} is ${senderMac}, and ${other.mac} has it too`;
    return [{ number, at, address: sender, mac: other.mac, happening, text }];
  };
}

function isOther(owner: Owner | undefined, mac: Mac, at: number): owner is Owner {
  return owner !== undefined && owner.mac !== mac && at - owner.at <= togetherMs;
}
