import type { Diagnosis } from '../../../model/diagnosis.ts';
import {
  isSent,
  isSilent,
  listed,
  matchOf,
  namesOf,
  times,
} from '../../../model/story-questions.ts';

export const transferStalls: Diagnosis = {
  code: 'transfer-stalls',
  severity: 'error',
  title: 'Transfer that stops on its way',
  consequence: 'it tries three times, then starts what it has, or begins again',
  cure: 'look for a firewall or NAT that forgets a UDP flow, packets that are too large for a tunnel (MTU), a duplex mismatch at the switch port, and for a server that ends a transfer too early; large files show it first',
  matches({ files }) {
    const stalled = files.filter((file) => isSilent(file) || file.outcome === 'aborted');
    const names = namesOf(stalled).filter(
      (name) => !files.some((file) => file.name === name && isSent(file)),
    );
    const shown = stalled.filter(({ name }) => names.includes(name));
    if (shown.length < 2 || !files.some(isSent)) return undefined;
    const text = `${listed(names)} broke off ${times(shown.length)}, while other files came whole`;
    return matchOf(shown, text, 0.7);
  },
};
