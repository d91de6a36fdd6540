import type { Diagnosis } from '../../../model/diagnosis.ts';
import { matchOf } from '../../../model/story-questions.ts';

/** Error 8 of RFC 2347 refuses options, not the file. */
const optionsRefused = 8;

/** CSCee31047; cisco-voip list, January 2005. */
export const tftpErrorCode: Diagnosis = {
  code: 'tftp-error-code',
  severity: 'error',
  title: 'TFTP error other than 1 for a file that is missing',
  consequence:
    'its loader stops the search at this file: "Protocol Application Invalid", or it hangs',
  cure: 'let the server answer error 1 (File not found) for what it does not have: files readable for its user, no folder of that name, tftpd-hpa not with --secure and a wrong path; Hookflash always does',
  matches({ last }) {
    const refused = last.files.filter(
      ({ outcome, protocol, code }) =>
        outcome === 'refused' && protocol === 'tftp' && code !== optionsRefused,
    );
    const [first] = refused;
    if (!first) return undefined;
    const goesOn = last.files.some(({ at, name }) => at > first.at && name !== first.name);
    const what = `TFTP error ${first.code ?? 0}${first.words ? ` (${first.words})` : ''}`;
    const stop = goesOn ? '' : ', and it asks for nothing more';
    return matchOf(
      refused,
      `the server answers ${what} for ${first.name}${stop}`,
      goesOn ? 0.4 : 0.9,
    );
  },
};
