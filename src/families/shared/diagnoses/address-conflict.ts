import type { Diagnosis } from '../../../model/diagnosis.ts';
import { dhcpSeen, matchOf, seenOf, shownBy } from '../../../model/story-questions.ts';

export const addressConflict: Diagnosis = {
  code: 'address-conflict',
  severity: 'error',
  title: 'Address that somebody else has',
  consequence: 'it shows "Duplicate IP", and calls and files go astray between the two',
  cure: 'find the other device (arp -a on a router names its MAC) and give it another address, or take its address out of the pool',
  matches({ observations }) {
    const conflicts = seenOf(observations, 'address-conflict');
    const declined = dhcpSeen(observations, 'decline');
    const shown = [...conflicts.map(shownBy), ...declined].toSorted((a, b) => a.at - b.at);
    const address = conflicts[0]?.happening.address ?? declined[0]?.dhcp.address ?? 'its address';
    return matchOf(shown, `somebody else in its network has ${address}`, 0.95);
  },
};
