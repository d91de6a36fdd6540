import type { Diagnosis, DiagnosisMatch } from '../../../model/diagnosis.ts';
import { isSent, listed, matchOf, namesOf } from '../../../model/story-questions.ts';
import type { AskedFile, PhoneStory } from '../../../model/story.ts';

/** As tftpd-hpa, atftpd and others refuse what is outside of their folder. */
const outside = /absolute|forbidden|outside|invalid path|illegal (file ?name|path)|\.\./i;
const fewest = 3;
/** Missing for most phones, and nothing to go by. */
const trustList = /\.tlv$/i;

export const tftpRootWrong: Diagnosis = {
  code: 'tftp-root-wrong',
  severity: 'error',
  title: 'TFTP server that has no file of a phone',
  consequence:
    'it runs what it has, or stops with "No Load Specified" or "Protocol Application Invalid"',
  cure: 'put the files into the folder that the server really serves (tftpd-hpa: TFTP_DIRECTORY with --secure; Tftpd32: Current Directory; IOS: tftp-server lines), not into a folder in it, and readable for its user',
  matches(story) {
    return forbidden(story) ?? nothingThere(story);
  },
};

function forbidden({ last }: PhoneStory): DiagnosisMatch | undefined {
  const refused = last.files.filter(
    ({ outcome, words = '' }) => outcome === 'refused' && outside.test(words),
  );
  const [first] = refused;
  if (!first) return undefined;
  const text = `the server does not allow the path ${first.path}: ${first.words ?? ''}`;
  return matchOf(refused, text, 0.95);
}

function nothingThere({ files, site }: PhoneStory): DiagnosisMatch | undefined {
  const missing = files.filter(({ outcome }) => outcome === 'missing');
  const names = namesOf(missing);
  const isAll = missing.length === files.length && names.length >= fewest;
  const isTrustOnly = names.filter((name) => !trustList.test(name)).length < 2;
  if (!isAll || isTrustOnly || files.some(isSent) || site.servesOthers) return undefined;
  const text = `the server has none of the ${names.length} files that it asked for: ${listed(names)}`;
  return matchOf(missing, `${text}${withFolder(missing)}`, 0.8);
}

function withFolder([first]: readonly AskedFile[]): string {
  if (first === undefined || first.path === first.name) return '';
  const folder = first.path.slice(0, first.path.length - first.name.length);
  return folder === './' ? '' : `; it asks for them in ${folder}`;
}
