import type { Diagnosis } from '../../../model/diagnosis.ts';
import { dhcpSeen, matchOf, times } from '../../../model/story-questions.ts';
import { seenIn } from './dhcp-questions.ts';

export const dhcpRefused: Diagnosis = {
  code: 'dhcp-refused',
  severity: 'error',
  title: 'Phone whose address is refused',
  consequence: 'it drops the address and begins again',
  cure: 'look for two DHCP servers with different networks, a reservation outside its network, or a phone that was moved to another VLAN and keeps asking for its old address: a factory reset makes it forget',
  matches({ last }) {
    const seen = seenIn(last);
    const refused = dhcpSeen(seen, 'nak');
    const [acked] = dhcpSeen(seen, 'ack').slice(-1);
    if (refused.length < 2 || (acked && acked.at >= (refused.at(-1)?.at ?? 0))) return undefined;
    const text = `the DHCP server refused the address that it asked for ${times(refused.length)}`;
    return matchOf(refused, text, 0.8);
  },
};
