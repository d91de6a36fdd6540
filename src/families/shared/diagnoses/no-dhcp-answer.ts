import type { Diagnosis } from '../../../model/diagnosis.ts';
import { matchOf, times } from '../../../model/story-questions.ts';
import { unansweredDiscovers } from './dhcp-questions.ts';

export const noDhcpAnswer: Diagnosis = {
  code: 'no-dhcp-answer',
  severity: 'error',
  title: 'Phone that gets no address',
  consequence: 'it asks again and again and shows "Configuring IP"; nothing else happens',
  cure: 'see that the DHCP server runs, serves this network or VLAN and has a pool for it; across routers a relay (ip helper-address) must point to it; a server that answers known phones only must know this one',
  matches(story) {
    const asked = unansweredDiscovers(story);
    const [first] = asked;
    if (!first || !isEnough(asked.length, story.site.endedAt - first.at)) return undefined;
    const text = `it asked for an address ${times(asked.length)}, and no DHCP server answered`;
    return matchOf(asked, text, 0.9);
  },
};

/** Servers answer within a second or two. */
function isEnough(asked: number, ms: number): boolean {
  return asked >= 2 || (asked === 1 && ms >= 10_000);
}
