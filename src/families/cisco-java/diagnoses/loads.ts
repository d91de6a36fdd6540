import type { Diagnosis } from '../../../model/diagnosis.ts';
import { isSent, matchOf } from '../../../model/story-questions.ts';
import { fileName, type FileKind } from '../paths.ts';
import { oldApplicationCameBack } from '../phone-findings.ts';

/** Packages of 8.2 for the 7911 and of 8.3 for the 7970 and 7941: sysop.ca, thouret.uk. */
export const loadsCase: Diagnosis = {
  code: 'loads-case',
  severity: 'error',
  title: 'File of a load in another letter case than the loads file has',
  consequence:
    'it asks for the file as the loads file writes it, which to the server is another; it breaks off',
  cure: 'rename the file to what the phone asks for, e.g. jar11sip… to Jar11sip…, or let the server ignore letter case',
  matches({ files }) {
    const wrong = files.filter(
      ({ path, outcome, name }) =>
        outcome === 'missing' && fileName(path).kind === 'component' && /^[A-Z]/.test(name),
    );
    const { name = '' } = wrong[0] ?? {};
    const shipped = name.charAt(0).toLowerCase() + name.slice(1);
    const text = `it asks for ${name} with a capital letter, and packages have ${shipped}`;
    return matchOf(wrong, text, 0.95);
  },
};

const restMs = 60_000;

export const defaultFileNotHeeded: Diagnosis = {
  code: 'default-file-not-heeded',
  severity: 'error',
  title: 'XMLDefault that a phone reads and does nothing with',
  consequence:
    'it stays as it is: the file says nothing for this model, or its load is from 9.x, which may not go by it',
  cure: 'write loadInformationN with the number N of the model (hookflash render shows it), the name without .loads; else make a SEP file for the phone',
  matches({ last, site }) {
    const [file] = last.files.filter((each) => fileName(each.path).kind === 'default').slice(-1);
    if (!file || !isSent(file) || last.files.at(-1) !== file) return undefined;
    if (site.endedAt - last.lastAt < restMs || last.phases.at(-1)?.phase === 'registered')
      return undefined;
    return matchOf([file], `it took ${file.name} and asked for nothing after it`, 0.6);
  },
};

const firmware: readonly FileKind[] = ['loads', 'component', 'default-loads'];

/**
 * Only a load that it does not run makes it ask for a loads file. Where it asks for nothing of what
 * that lists, the check of the signature failed.
 */
export const loadNotTaken: Diagnosis = {
  ...{ code: 'old-application-came-back', severity: 'error' },
  title: 'Phone that came back with what it had',
  consequence: oldApplicationCameBack('', '').consequence ?? '',
  cure: 'check the files of the load with hookflash firmware verify and put them in again from the package; a load below 8.5(2) does not know the key of later ones: 8.5(2) first, then the later one',
  matches({ last, site }) {
    const kinds = last.files.map(({ path }) => fileName(path).kind);
    const at = kinds.lastIndexOf('loads');
    const list = last.files[at];
    if (!list || !isSent(list) || kinds.includes('component')) return undefined;
    const next = last.files
      .slice(at + 1)
      .find((_, index) => !firmware.includes(kinds[at + 1 + index] ?? 'other'));
    if (!next && site.endedAt - last.lastAt < restMs) return undefined;
    const how = next ? `and went on to ${next.name}` : 'and asks for nothing more';
    return matchOf(
      next ? [list, next] : [list],
      `it took ${list.name}, none of the files in it, ${how}`,
      0.7,
    );
  },
};
