import type { Diagnosis } from '../../../model/diagnosis.ts';
import { matchOf } from '../../../model/story-questions.ts';

export const fileNameCase: Diagnosis = {
  code: 'file-name-case',
  severity: 'error',
  title: 'File that is there in another letter case',
  consequence: 'to the phone the file is missing',
  cure: 'rename the file to what the phone asks for, letter by letter, or let the server ignore letter case (tftpd-hpa: a map file with ri; Windows does by itself)',
  matches({ files, site }) {
    const known = site.sent;
    const missing = files.filter(
      ({ name, outcome }) => outcome === 'missing' && isOther(known.get(name.toLowerCase()), name),
    );
    const [first] = missing;
    if (!first) return undefined;
    const there = known.get(first.name.toLowerCase()) ?? '';
    return matchOf(missing, `it asks for ${first.name}, and the server has ${there}`, 0.95);
  },
};

function isOther(there: string | undefined, asked: string): boolean {
  return there !== undefined && there !== asked;
}
