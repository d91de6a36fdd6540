import { escapedUser, parseSipUri } from '../../codec/sip/sip-uri.ts';
import type { Binding } from '../../model/binding.ts';
import { ifReadable } from '../../wire/if-readable.ts';
import type { NotifyTarget } from './notify-request.ts';

/**
 * Where a registered phone is reached: at its contact where that is the address that it registered
 * from (phones send from other ports than they hear), else, behind NAT, where it registered from.
 * By TCP over the connection that it registered by.
 */
export function targetOfBinding({ user, contact, received, local }: Binding): NotifyTarget {
  const uri = contactUri(contact);
  const isDirect = received.transport === 'UDP' && uri?.host === received.address;
  const path = isDirect ? { ...received, port: uri.port ?? 5060 } : received;
  return { uri: contact, user, path, local };
}

function contactUri(contact: string) {
  return ifReadable(() => parseSipUri(contact));
}

/** The phone's usual port at an address that it was last seen at. */
export function targetAtAddress(user: string, address: string): NotifyTarget {
  const path = { transport: 'UDP', address, port: 5060 } as const;
  return { uri: `sip:${escapedUser(user)}@${address}`, user, path };
}

/** The line as a proxy knows it. `host` is what the proxy takes for its domain. */
export function targetThroughProxy(
  user: string,
  {
    host,
    address,
    port,
  }: { readonly host: string; readonly address: string; readonly port: number },
): NotifyTarget {
  const path = { transport: 'UDP', address, port } as const;
  const domain = port === 5060 ? host : `${host}:${port}`;
  return { uri: `sip:${escapedUser(user)}@${domain}`, user, path };
}
