import type { Clock } from '../../core/clock.ts';
import { dhcpBootEvents } from '../../core/dhcp/boot-events.ts';
import type { DhcpDecision } from '../../core/dhcp/decision.ts';
import type { Provisioner } from '../../core/provision.ts';
import type { Mac } from '../../wire/mac.ts';
import type { KnownPhones } from './known-phones.ts';

/** Of phones that are not in the inventory, so many are kept a timeline of in an hour. */
const mostStrangers = 1000;
const anHour = 60 * 60 * 1000;

/** Puts what phones asked, and were answered, into their timelines. */
export function dhcpTimeline(
  phones: Pick<KnownPhones, 'phoneOf'>,
  clock: Clock,
  tell: Provisioner['event'],
): (decision: DhcpDecision) => void {
  const isHeeded = strangersOfAnHour();
  return (decision) => {
    const { asking, phone } = decision;
    // Computers and clients that no family knows are none of ours.
    if (!phone || asking.mac === undefined) return;
    const now = clock.now();
    if (!phones.phoneOf(asking.mac) && !isHeeded(asking.mac, now)) return;
    for (const event of dhcpBootEvents(decision, now)) tell(asking.mac, event);
  };
}

/** Anybody may send a vendor class, from as many MACs as there are. */
function strangersOfAnHour(): (mac: Mac, now: number) => boolean {
  const heeded = new Set<Mac>();
  let since = 0;
  return (mac, now) => {
    if (Math.abs(now - since) >= anHour) {
      heeded.clear();
      since = now;
    }
    if (heeded.size < mostStrangers) heeded.add(mac);
    return heeded.has(mac);
  };
}
