import type { Diagnosis } from '../../../model/diagnosis.ts';
import { isSent, listed, matchOf, namesOf } from '../../../model/story-questions.ts';

type Row = Pick<Diagnosis, 'code' | 'title' | 'consequence' | 'cure'> & {
  readonly names: RegExp;
  readonly what: string;
};

/** Files that phones ask for and get along without. */
const rows: readonly Row[] = [
  {
    code: 'locale-missing',
    title: 'Language or tone files that are missing',
    names: /-(font|dictionary|kate|tones|sip|sccp)\.(xml|dat|jar)$|utf-8\.xml$|^g[34]-tones\.xml$/i,
    what: 'language and tones',
    consequence: 'none: it shows English and plays the tones of the United States',
    cure: 'nothing to do; or put the locale of the country into its folder, or name none in the SEP file',
  },
  {
    code: 'ring-list-missing',
    title: 'Ring list that is missing',
    names: /^(distinctive)?ringlist(-wb)?\.(dat|xml)$/i,
    what: 'the list of rings',
    consequence: 'none: it has two rings of its own',
    cure: 'nothing to do; or write RINGLIST.DAT (7940, 7960) or Ringlist.xml',
  },
  {
    code: 'dial-plan-missing',
    title: 'Dial plan that is missing',
    names: /dial_?(plan|rules?|template)|dialplan/i,
    what: 'the dial plan',
    consequence: 'small: it waits 10 to 15 s after the last digit, or for #, before it dials',
    cure: 'write dialplan.xml, or name none',
  },
  {
    code: 'soft-keys-missing',
    title: 'Soft keys that are missing',
    names: /soft_?keys?.*\.xml$/i,
    what: 'its soft keys',
    consequence: 'none: it has soft keys of its own',
    cure: 'nothing to do; or take softKeyFile out of the SEP file',
  },
  {
    code: 'trust-list-missing',
    title: 'Trust list that is missing',
    names: /^(CTL|ITL)(SEP[0-9A-F]{12}|File)\.tlv$/i,
    what: 'a list of servers that it may trust',
    consequence: 'none: without one it trusts any server, as it must here',
    cure: 'nothing to do',
  },
];

export const harmless: readonly Diagnosis[] = rows.map(({ names, what, ...row }) => ({
  ...row,
  severity: 'note',
  matches({ last }) {
    const asked = last.files.filter(({ name }) => names.test(name));
    const missing = asked.filter(({ outcome }) => outcome === 'missing');
    if (asked.some(isSent)) return undefined;
    const text = `${listed(namesOf(missing))} (${what}) is missing, which is harmless`;
    return matchOf(missing, text, 0.6);
  },
}));
