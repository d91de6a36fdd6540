import type { Diagnosis } from '../../../model/diagnosis.ts';
import { matchOf, seenOf, shownBy, times } from '../../../model/story-questions.ts';

export const unistimSilent: Diagnosis = {
  code: 'unistim-silent',
  severity: 'error',
  title: 'UNIStim server that does not answer',
  consequence: 'it shows "Server Unreachable" or "Connecting to S1" and starts again',
  cure: 'see that S1 and its port (5000, CS 1000: 4100) are right in its DHCP string or menu, that action is 1, and that UDP goes both ways',
  matches({ observations }) {
    const seen = seenOf(observations, 'unistim');
    const asked = seen.filter(({ happening }) => happening.from === 'phone');
    if (asked.length < 2 || asked.length < seen.length) return undefined;
    const text = `it said hello ${times(asked.length)}, and no server answered`;
    return matchOf(asked.map(shownBy), text, 0.85);
  },
};

const version = /firmware (\S+)/i;

export const unistimSameFirmware: Diagnosis = {
  code: 'unistim-same-firmware',
  severity: 'warning',
  title: 'Phone that came back with the firmware it had',
  consequence: 'it goes on with what it had; no message of UNIStim tells why',
  cure: 'see that the file is for this model and phase, whole, and named as the order says, letter by letter; releases may have to be passed through in between',
  matches({ observations }) {
    const seen = seenOf(observations, 'unistim');
    const order = seen.find(
      ({ happening }) => happening.from === 'server' && /download/i.test(happening.text),
    );
    if (!order) return undefined;
    const told = seen.filter(
      ({ happening }) => version.test(happening.text) && happening.from === 'phone',
    );
    const versionOf = (at: (typeof told)[number] | undefined) =>
      at && version.exec(at.happening.text)?.[1];
    const before = told.findLast(({ at }) => at <= order.at);
    const after = told.find(({ at }) => at > order.at);
    if (!before || !after || versionOf(before) !== versionOf(after)) return undefined;
    const text = `it was told to load firmware and came back with ${versionOf(after) ?? ''} as before`;
    return matchOf([before, order, after].map(shownBy), text, 0.8);
  },
};
