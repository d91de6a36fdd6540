import type { Diagnosis } from '../../../model/diagnosis.ts';
import { isSent, matchOf, times } from '../../../model/story-questions.ts';
import type { StoryBoot } from '../../../model/story.ts';
import { inLoader } from '../phone-findings.ts';
import { fileName, type FileKind } from '../paths.ts';

function kindsOf({ files }: StoryBoot): ReadonlySet<FileKind> {
  return new Set(files.map(({ path }) => fileName(path).kind));
}

function took(boot: StoryBoot, kind: FileKind): boolean {
  return boot.files.some(
    (file) => fileName(file.path).kind === kind && isSent(file) && file.bytes !== 0,
  );
}

const blockedKinds: ReadonlySet<FileKind> = new Set(['trust-list', 'sccp-phone']);
/** SCCP asks for the same files twice in one boot. */
const fewest = 3;

function endsWithSep(boot: StoryBoot): boolean {
  return took(boot, 'sccp-phone') && [...kindsOf(boot)].every((kind) => blockedKinds.has(kind));
}

/** The hunt of the loader: firmware upgrade matrix, "Universal Application Loader". */
export const sepBlocksSip: Diagnosis = {
  code: 'sep-blocks-sip',
  severity: 'error',
  title: 'SEP file that keeps a phone from its SIP file',
  consequence:
    'the loader takes the first file it finds: SEP before SIP, MGC and the default files',
  cure: 'name the SIP image in the SEP file, or remove the SEP file',
  matches({ boots, site }) {
    const recent = boots.filter(({ files }) => files.length > 0).slice(-fewest);
    if (recent.length < 2 || !recent.every(endsWithSep)) return undefined;
    const speaksSip = [...site.asked].some((name) =>
      /^SIP(Default|[0-9A-F]{12})\.cnf$/i.test(name),
    );
    if (recent.length < fewest && !speaksSip) return undefined;
    const files = recent.flatMap((boot) =>
      boot.files.filter(({ path }) => fileName(path).kind === 'sccp-phone'),
    );
    const text = `it takes its SEP file ${times(recent.length)} over, loads nothing and asks for no SIP file`;
    return matchOf(files, text, 0.7);
  },
};

/** voip-info, "Firmware issues on 7940 - 7960": a loop over two files, then nothing. */
export const loaderLoop: Diagnosis = {
  ...{ code: 'in-loader', severity: 'error', title: 'Phone that sits in its loader' },
  consequence: inLoader(undefined).consequence ?? '',
  cure: inLoader(undefined).cure ?? '',
  matches({ boots }) {
    const recent = boots.filter(({ files }) => files.length > 0).slice(-fewest);
    const isLoop =
      recent.length === fewest &&
      recent.every((boot) => !boot.started && !took(boot, 'sccp-phone') && isHuntAlone(boot));
    if (!isLoop) return undefined;
    const files = recent.flatMap((boot) => boot.files.slice(0, 2));
    return matchOf(files, 'its loader begins its search again and again and gets nowhere', 0.5);
  },
};

function isHuntAlone(boot: StoryBoot): boolean {
  const kinds = kindsOf(boot);
  return kinds.has('trust-list') && [...kinds].every((kind) => blockedKinds.has(kind));
}

/** Log of twelve phones, 2021: again every 31 s for ever. */
export const phoneFileMissing: Diagnosis = {
  code: 'phone-file-missing',
  severity: 'error',
  title: 'SIP file that a phone asks for again and again',
  consequence: 'its SIP program waits for this file, asks every half minute, and has no line',
  cure: 'make its SIP file, MAC in upper case: hookflash phone add MAC --model 7960; look at tftp_cfg_dir in SIPDefault.cnf, which is put before the name',
  matches({ last }) {
    const asked = last.files.filter(({ path }) => fileName(path).kind === 'sip-phone');
    // Some programs write nothing of a file that they do not have.
    const missing = asked.filter(
      ({ outcome }) => outcome === 'missing' || outcome === 'unanswered',
    );
    if (missing.length < 2 || asked.some(({ outcome }) => outcome === 'sent')) return undefined;
    const text = `${missing[0]?.path ?? ''} is missing; it asked for it ${times(missing.length)}`;
    return matchOf(missing, text, 0.85);
  },
};
