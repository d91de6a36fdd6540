import type { Diagnosis } from '../../../model/diagnosis.ts';
import { isSent, matchOf } from '../../../model/story-questions.ts';

const sepFile = /^SEP[0-9A-F]{12}\.cnf\.xml/i;
/** Of a Java phone, for whatever is no firmware. */
const mostBytes = 550_001;

export const sepFileEmpty: Diagnosis = {
  code: 'sep-file-empty',
  severity: 'error',
  title: 'Empty SEP file',
  consequence:
    'its search ends with this file, in which nothing is; display "Protocol Application Invalid"',
  cure: 'remove the file, or write into it what the phone should load: hookflash render MAC shows one',
  matches({ last }) {
    const empty = last.files.filter(
      (file) => sepFile.test(file.name) && isSent(file) && file.bytes === 0,
    );
    return matchOf(empty, `${empty[0]?.name ?? ''} has no byte in it`, 0.95);
  },
};

export const fileTooLarge: Diagnosis = {
  code: 'file-too-large',
  severity: 'error',
  title: 'Configuration that is too large for a phone',
  consequence: 'it breaks the transfer off and goes on as if the file were missing',
  cure: 'keep configuration, dial plan and lists below 550,001 bytes; hookflash lint names what is larger',
  matches({ last }) {
    const large = last.steps.flatMap((step) => {
      if (!('file' in step) || step.phase === 'firmware') return [];
      const { bytes = 0, words = '', outcome } = step.file;
      const isRefused = outcome === 'aborted' && /too (big|large)|size|exceed|full/i.test(words);
      return bytes > mostBytes || isRefused ? [step.file] : [];
    });
    const [first] = large;
    if (!first) return undefined;
    const size = first.bytes === undefined ? '' : ` (${first.bytes} bytes)`;
    return matchOf(large, `${first.name} is too large for it${size}`, 0.9);
  },
};
