import type { Mac } from '../../../wire/mac.ts';

/** Which MAC an address belongs to, by what a capture has shown so far. */
export type PhoneAddresses = {
  /** DHCP gave it, or ARP says so. */
  proved(address: string, mac: Mac): void;
  /** An IPv4 packet came in a frame of this MAC: it is the sender's, or a router's. */
  sent(address: string, mac: Mac): void;
  macOf(address: string): Mac | undefined;
};

const most = 65_536;

export function phoneAddresses(): PhoneAddresses {
  const proved = new Map<string, Mac>();
  const senders = new Map<string, Mac>();
  /** The one address that a MAC has sent from; undefined for several. */
  const addresses = new Map<Mac, string | undefined>();

  return {
    proved: (address, mac) => void limited(proved).set(address, mac),
    sent(address, mac) {
      if (senders.get(address) === mac) return;
      limited(senders).set(address, mac);
      const isOther = addresses.has(mac) && addresses.get(mac) !== address;
      limited(addresses).set(mac, isOther ? undefined : address);
    },
    macOf(address) {
      const sure = proved.get(address);
      if (sure !== undefined) return sure;
      const sender = senders.get(address);
      return sender !== undefined && addresses.get(sender) === address ? sender : undefined;
    },
  };
}

/** Room for one more: the oldest goes. */
function limited<K, V>(map: Map<K, V>): Map<K, V> {
  const [oldest] = map.keys();
  if (map.size >= most && oldest !== undefined) map.delete(oldest);
  return map;
}
