import { type NortelServer, serializeNortelServers } from '../../codec/dhcp/nortel-servers.ts';
import { serverActions } from '../../codec/config/sip-upgrade-config.ts';
import type { FamilyDhcp } from '../../model/family-dhcp.ts';

/** IP Phones Fundamentals, "Full DHCP": UNIStim software; guides of later phones: SIP software. */
const unistimClasses = ['Nortel-i2004-A', 'Nortel-i2004-B'];
const sipClasses = ['Nortel-SIP-Phone-A', 'Nortel-SIP-Phone-B'];

/**
 * What the phones of phase 2 ask for. A phone with UNIStim software takes no address without a
 * router and the string with its servers, in option 43 or one of those of the site.
 */
const asksFor = [
  ...[1, 3, 6, 15, 51, 58, 59, 66, 43, 128, 131, 144, 157, 188, 191, 205, 219, 223, 224, 227],
  ...[230, 232, 235, 238, 241, 244, 247, 249, 251, 254],
];

export const dhcp: FamilyDhcp = {
  identify({ vendorClass = '' }) {
    const because = `option 60 "${vendorClass}"`;
    if (sipClasses.includes(vendorClass)) return { sorts: ['sip'], because };
    // Of which software the class is that a 2004 with the SIP load sends is not known.
    return unistimClasses.includes(vendorClass) ? { because } : undefined;
  },
  vendorClasses: ['Nortel-i2004', 'Nortel-SIP-Phone'],
  tftpFrom: ['option-66', 'siaddr'],
  asksFor,
};

/** A server, as S1 and S2 name it. */
export type PhoneServer = { readonly address: string; readonly port: number };

const retries = 10;

/**
 * The string for option 43 or 128: what the phone speaks, with whom. `Nortel-i2004-A` for UNIStim,
 * action 1, and for SIP, action 7, alike.
 */
export function serversString(
  speaks: keyof typeof serverActions,
  servers: readonly PhoneServer[],
): string | undefined {
  if (servers.length === 0) return undefined;
  const action = serverActions[speaks];
  const entries = servers
    .slice(0, 2)
    .map((server): NortelServer => ({ ...server, action, retries }));
  return serializeNortelServers({ prefix: 'Nortel-i2004-A', servers: entries, nul: false });
}
