import type { Diagnosis } from '../../../model/diagnosis.ts';
import { isSent, listed, matchOf, namesOf } from '../../../model/story-questions.ts';

export const firmwareMissing: Diagnosis = {
  code: 'firmware-missing',
  severity: 'error',
  title: 'Firmware that a phone asks for and the server lacks',
  consequence: 'it starts what it has, or asks again and again; "Upgrading" may never end',
  cure: 'put all files of the package into the folder of the server, as they are in it: hookflash firmware import PACKAGE; or name an image that is there',
  matches({ boots, files }) {
    const steps = boots.flatMap((boot) => boot.steps);
    const asked = steps.flatMap((each) =>
      'file' in each && each.phase === 'firmware' ? [each.file] : [],
    );
    const missing = asked.filter(
      ({ name, outcome, at }) =>
        outcome === 'missing' &&
        !files.some((file) => file.name === name && file.at > at && isSent(file)),
    );
    const names = namesOf(missing);
    return matchOf(missing, `it asks for ${listed(names)}, which the server does not have`, 0.8);
  },
};
