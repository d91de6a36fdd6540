import type { Diagnosis } from '../../../model/diagnosis.ts';
import { isSilent, matchOf, times } from '../../../model/story-questions.ts';
import type { AskedFile } from '../../../model/story.ts';
import { parseImageName } from '../image-name.ts';
import { fileName } from '../paths.ts';

/** Images and what was meant to be one, whatever stands in the name. */
const imageLike = /\.(bin|sbn|sb2|loads)\s*$/i;
const blank = /[ \u00a0]+\.(bin|sbn|sb2|loads)|^ | $/i;
/** As logs write what does not print. */
const control = /[\u0000-\u0008\u000a-\u001f\u007f]|\^M|\\r|\\015|#015|%0d|\\x0d|\ufffd/i;
const restMs = 30_000;

function wrongNames(files: readonly AskedFile[], pattern: RegExp): readonly AskedFile[] {
  return files.filter(
    ({ path, outcome }) => outcome !== 'sent' && imageLike.test(path) && pattern.test(path),
  );
}

function visible(path: string): string {
  return JSON.stringify(path);
}

/** CSCdv19260. */
export const os79xxBlank: Diagnosis = {
  code: 'os79xx-blank',
  severity: 'error',
  title: 'Blank around the name in OS79XX.TXT',
  consequence: 'it asks for a file with the blank in its name, which is nowhere',
  cure: 'write OS79XX.TXT anew: the name of the image, nothing before it, a line end after it',
  matches({ files }) {
    const wrong = wrongNames(files, blank);
    return matchOf(wrong, `it asks for ${visible(wrong[0]?.path ?? '')}, blank and all`, 0.95);
  },
};

export const os79xxCarriageReturn: Diagnosis = {
  code: 'os79xx-carriage-return',
  severity: 'error',
  title: 'Windows line end in OS79XX.TXT',
  consequence:
    'it takes the carriage return for a part of the name, and asks for a file that is nowhere',
  cure: 'write OS79XX.TXT with a line feed alone at its end (Unix line end)',
  matches({ files }) {
    const wrong = wrongNames(files, control);
    const text = `it asks for ${visible(wrong[0]?.path ?? '')}, with what stood at the end of the line`;
    return matchOf(wrong, text, 0.96);
  },
};

export const onlyOs79xx: Diagnosis = {
  code: 'only-os79xx',
  severity: 'error',
  title: 'Phone that asks for OS79XX.TXT and nothing else',
  consequence: 'it stands still, or starts again and again, before its own configuration',
  cure: 'let OS79XX.TXT be one line with the name of an image that is in the folder, without .bin or .sbn; a phone that runs 5.0 or later takes .sbn only; see that the answer reaches the phone; a factory reset, then again',
  matches({ last, boots, site }) {
    const isAlone = last.files.length > 0 && last.files.every(isBootText);
    const isOver = boots.length > 1 || site.endedAt - last.lastAt >= restMs;
    if (!isAlone || !isOver || last.files.every(isSilent)) return undefined;
    const alone = boots.filter((boot) => boot.files.length > 0 && boot.files.every(isBootText));
    const files = alone.flatMap((boot) => boot.files);
    const text = `it asked for OS79XX.TXT ${times(files.length)} and for nothing after it`;
    return matchOf(files, text, 0.8);
  },
};

function isBootText({ path }: AskedFile): boolean {
  return fileName(path).kind === 'boot-text';
}

export const imageNameUnknown: Diagnosis = {
  code: 'image-name-unknown',
  severity: 'error',
  title: 'Name that is no image of a 7940 or 7960',
  consequence: 'the file is nowhere; it goes on with what it has',
  cure: 'name the image as its files are named; boot code from before SIP 2.2 can ask for names of eight characters only',
  matches({ files }) {
    const wrong = files.filter(
      ({ path, outcome, name }) =>
        outcome === 'missing' &&
        imageLike.test(name) &&
        !blank.test(path) &&
        !control.test(path) &&
        parseImageName(fileName(path).stem) === undefined,
    );
    return matchOf(wrong, `it asks for ${wrong[0]?.name ?? ''}, which is no image's name`, 0.9);
  },
};

export const imageNameLetterO: Diagnosis = {
  code: 'image-name-letter-o',
  severity: 'error',
  title: 'Letter O in the name of an image',
  consequence: 'the file is nowhere; it goes on with what it has',
  cure: 'write P0S3, P003 and P0M3 with a zero, in configuration files and in names of files',
  matches({ files }) {
    const wrong = files.filter(({ path, outcome }) => {
      const findings = parseImageName(fileName(path).stem)?.findings ?? [];
      return outcome === 'missing' && findings.some(({ code }) => code === 'image-name-letter-o');
    });
    const text = `it asks for ${wrong[0]?.name ?? ''}, with a letter O for a zero`;
    return matchOf(wrong, text, 0.95);
  },
};

/** Cisco 7960/7940 firmware upgrade matrix, "Signed and Unsigned Images". */
export const signedNoDowngrade: Diagnosis = {
  code: 'signed-no-downgrade',
  severity: 'error',
  title: 'Phone that takes signed images only and should go below 5.0',
  consequence:
    'it asks for a signed file of an image that was never signed, and keeps what it runs',
  cure: 'name an image from 5.0 on; there is no way back below it',
  matches({ files }) {
    const wrong = files.filter(({ path, outcome }) => {
      const { kind, name, stem } = fileName(path);
      if (kind !== 'image' || outcome === 'sent' || !/\.sbn$/i.test(name)) return false;
      return parseImageName(stem)?.signed === false;
    });
    const text = `it asks for ${wrong[0]?.name ?? ''}, and images below 5.0 were never signed`;
    return matchOf(wrong, text, 0.95);
  },
};
