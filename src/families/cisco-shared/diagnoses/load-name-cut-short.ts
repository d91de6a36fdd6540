import type { Diagnosis, DiagnosisMatch } from '../../../model/diagnosis.ts';
import { matchOf, seenOf, shownBy } from '../../../model/story-questions.ts';
import type { AskedFile, PhoneStory } from '../../../model/story.ts';

const remapped = /remap(?:ped|ping)?(?: \S+)? to\s+['"<]?([^\s'">,]+)/i;
/** Names of loads of any of these phones, whole or not. */
const load = /^(P0[0SM]3|SIP\d\d|SCCP\d\d|TERM\d\d)/i;

/** A rule in the server that was made for other names: chan-sccp/sccp_manager, its tracker. */
export const loadNameCutShort: Diagnosis = {
  code: 'load-name-cut-short',
  severity: 'error',
  title: 'Name of a load that is cut short',
  consequence: 'the file is there, and to the phone it is missing',
  cure: "take the rewrite rule out of the TFTP server's map file (tftpd-hpa: -m), or let it match whole names; a name in XMLDefault or SEP files must be whole, without .loads",
  matches(story) {
    return byRule(story) ?? byOtherName(story);
  },
};

/** The server's log tells what it made of a name. */
function byRule({ files, observations, site }: PhoneStory): DiagnosisMatch | undefined {
  const loads = files.filter(({ outcome, name }) => outcome !== 'sent' && load.test(name));
  if (loads.length === 0) return undefined;
  const lines = [...seenOf(observations, 'server-note'), ...site.notes, ...observations];
  for (const file of loads) {
    const line = lines.find(({ evidence }) => isShorter(remapped.exec(evidence.text)?.[1], file));
    const own = file.evidence.find(({ text }) => isShorter(remapped.exec(text)?.[1], file));
    const to = remapped.exec(line?.evidence.text ?? own?.text ?? '')?.[1];
    if (to === undefined) continue;
    const text = `it asks for ${file.name}, and the server makes ${to} of it`;
    return matchOf(line ? [file, shownBy(line)] : [file], text, 0.95);
  }
  return undefined;
}

function isShorter(to: string | undefined, { name }: AskedFile): boolean {
  if (to === undefined || !load.test(name)) return false;
  const made = stem(to.slice(to.lastIndexOf('/') + 1));
  return made.length < stem(name).length && stem(name).toLowerCase().startsWith(made.toLowerCase());
}

/** Somebody asked for the whole name. */
function byOtherName({ files, site }: PhoneStory): DiagnosisMatch | undefined {
  const missing = files.filter(({ outcome, name }) => outcome === 'missing' && load.test(name));
  if (missing.length === 0) return undefined;
  const known = [...site.asked].filter((name) => load.test(name));
  for (const file of missing) {
    const whole = known.find(
      (name) =>
        stem(name).length > stem(file.name).length && stem(name).startsWith(stem(file.name)),
    );
    if (whole === undefined) continue;
    const text = `it asks for ${file.name}, which is the beginning of ${stem(whole)}`;
    return matchOf([file], text, 0.92);
  }
  return undefined;
}

function stem(name: string): string {
  return name.replace(/\.(loads|sbn|sb2|bin)$/i, '');
}
