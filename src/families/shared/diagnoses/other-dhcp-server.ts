import type { Diagnosis } from '../../../model/diagnosis.ts';
import { dhcpSeen, listed, matchOf } from '../../../model/story-questions.ts';
import { serversGiven } from './dhcp-questions.ts';

export const otherDhcpServer: Diagnosis = {
  code: 'other-dhcp-server',
  severity: 'error',
  title: 'Two DHCP servers that say different things',
  consequence: 'it goes to one server for its files today and to another tomorrow',
  cure: 'let one DHCP server answer in the network of the phones: unplug the other, or have it answer no phone; DHCP snooping on the switch keeps it out',
  matches({ observations }) {
    const answers = dhcpSeen(observations, 'offer', 'ack').filter(
      ({ dhcp }) => dhcp.server !== undefined,
    );
    const [first] = answers;
    const said = first && serversGiven(first.dhcp).join();
    const other = answers.find(
      ({ dhcp }) => dhcp.server !== first?.dhcp.server && serversGiven(dhcp).join() !== said,
    );
    if (!first || !other) return undefined;
    const words = [first, other].map(({ dhcp }) => {
      const servers = serversGiven(dhcp);
      const names = servers.length > 0 ? listed(servers) : 'no TFTP server';
      return `${dhcp.server ?? ''} names ${names}`;
    });
    const match = matchOf([first, other], `two DHCP servers answer: ${words.join(', ')}`, 0.95);
    return match && { ...match, at: Math.min(first.at, other.at) };
  },
};
