import type { Diagnosis } from '../../../model/diagnosis.ts';
import { matchOf, seenOf, shownBy } from '../../../model/story-questions.ts';
import { seenIn } from './dhcp-questions.ts';

export const tftpRefused: Diagnosis = {
  code: 'tftp-refused',
  severity: 'error',
  title: 'Requests that are turned away',
  consequence: 'it gets no file; each request is sent again as if it had been lost',
  cure: '"port unreachable": the server is not running, or listens on another address; "prohibited": a firewall on the way or on the server, allow UDP port 69 and the answers',
  matches({ last, observations }) {
    const here = seenOf(seenIn(last), 'unreachable');
    const unreachable = here.length > 0 ? here : seenOf(observations, 'unreachable');
    const [first] = unreachable;
    if (!first || last.files.some(({ outcome }) => outcome === 'sent')) return undefined;
    const { server, text } = first.happening;
    return matchOf(
      unreachable.map(shownBy),
      `what it sends to ${server} comes back: ${text}`,
      0.95,
    );
  },
};
