import type { Diagnosis } from '../../../model/diagnosis.ts';
import { matchOf, shownBy } from '../../../model/story-questions.ts';
import type { PhoneStory } from '../../../model/story.ts';
import { dhcpLines, unansweredDiscovers } from './dhcp-questions.ts';

/** As dnsmasq, ISC dhcpd, Kea, Tftpd32 and IOS write it. */
const usedUp =
  /no (free|available|more) (lease|address|ip)|no address(es)? (is |are )?available|no more (addresses|leases)|pool\b.*\b(exhausted|empty|full|used up)|address range.*(exhausted|full)|allocation.*failed.*(pool|subnet)/i;

export const dhcpPoolEmpty: Diagnosis = {
  code: 'dhcp-pool-empty',
  severity: 'error',
  title: 'No address left for a phone',
  consequence: 'it asks again and again and shows "Configuring IP"',
  cure: 'make the pool larger, or the lease time shorter; two addresses for each phone leave room for replacements',
  matches(story) {
    const asked = unansweredDiscovers(story);
    if (asked.length === 0) return undefined;
    const lines = dhcpLines(story, usedUp).map(shownBy);
    if (lines.length > 0)
      return matchOf([...asked.slice(0, 1), ...lines], 'the DHCP server has no address left', 0.95);
    const served = othersServed(story);
    if (served < 2 || asked.length < 2) return undefined;
    const text = `${served} others got addresses in the same time, and this one was not answered: the pool is used up, or the server does not want it`;
    return matchOf(asked, text, 0.92);
  },
};

function othersServed({ site, mac }: PhoneStory): number {
  const acked = site.offers.filter(
    ({ happening }) => happening.kind === 'dhcp' && happening.dhcp.message === 'ack',
  );
  return new Set(acked.map((each) => each.mac).filter((each) => each !== mac)).size;
}
