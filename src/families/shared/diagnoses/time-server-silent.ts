import type { Diagnosis } from '../../../model/diagnosis.ts';
import { matchOf, seenOf, shownBy, times } from '../../../model/story-questions.ts';

export const timeServerSilent: Diagnosis = {
  code: 'time-server-silent',
  severity: 'warning',
  title: 'Time server that does not answer',
  consequence: 'its clock is wrong or blank; certificates and call lists go by it',
  cure: 'name a time server that answers (sntp_server, <ntp><name>, DHCP option 42) and let UDP port 123 through',
  matches({ observations }) {
    const sntp = seenOf(observations, 'sntp');
    const asked = sntp.filter(({ happening }) => happening.from === 'phone');
    const isAnswered = sntp.some(({ happening }) => happening.from === 'server');
    if (isAnswered || asked.length < 2) return undefined;
    const server = asked[0]?.happening.server ?? 'a time server';
    const text = `it asked ${server} for the time ${times(asked.length)} and got no answer`;
    return matchOf(asked.map(shownBy), text, 0.8);
  },
};
