import type { BootEvent } from '../model/boot.ts';

/** Options 50 and 54: the address that is asked for, and of which server. */
const [requested, serverIdentifier] = [50, 54];

/**
 * Whether a phone has no address and looks for one, as it does when it is switched on: DISCOVER, or
 * REQUEST for the one that it had before. RFC 2131 sections 4.3.2 and 4.4.1.
 */
export function looksForAddress({
  happening,
  address,
}: Pick<BootEvent, 'happening' | 'address'>): boolean {
  if (happening.kind !== 'dhcp') return false;
  const { message, options = [] } = happening.dhcp;
  if (message === 'discover') return true;
  const asksAgain = options.includes(requested) && !options.includes(serverIdentifier);
  return message === 'request' && address === undefined && asksAgain;
}
