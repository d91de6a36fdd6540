import type { Diagnosis } from '../../../model/diagnosis.ts';
import { matchOf, times } from '../../../model/story-questions.ts';
import { fileName } from '../paths.ts';

const restMs = 15_000;
const eraseTrust =
  'erase the trust list on the phone: Settings, Security Configuration, ITL (or Trust List), unlock with **#, Erase; or a factory reset';

/** A list from its last place binds it to servers that are not here. */
export const identityListStops: Diagnosis = {
  code: 'identity-list-stops',
  severity: 'error',
  title: 'Phone that stops after its trust lists',
  consequence: 'it trusts the servers of its last place only, and does not read what this one has',
  cure: eraseTrust,
  matches({ last, boots, site }) {
    const kinds = last.files.map(({ path }) => fileName(path).kind);
    const end = kinds.at(-1);
    const isOver = boots.length > 1 || site.endedAt - last.lastAt >= restMs;
    if (end !== 'identity-list' || !isOver || kinds.includes('phone')) return undefined;
    const lists = last.files.filter(({ path }) => fileName(path).kind === 'identity-list');
    const text = `it asks for ${lists.at(-1)?.name ?? ''} and stops, ${times(boots.length)}`;
    return matchOf(lists, text, 0.85);
  },
};

export const signedConfigurationWanted: Diagnosis = {
  code: 'signed-configuration-wanted',
  severity: 'error',
  title: 'Phone that takes signed configuration only',
  consequence:
    'its trust list names a TFTP server, so that it asks for signed files and reads no others',
  cure: eraseTrust,
  matches({ last }) {
    const signed = last.files.filter(({ name }) => /\.sgn$/i.test(name));
    const plain = last.files.some(({ name }) => /^SEP[0-9A-F]{12}\.cnf\.xml$/i.test(name));
    if (plain || signed.some(({ outcome }) => outcome === 'sent')) return undefined;
    return matchOf(signed, `it asks for ${signed[0]?.name ?? ''}, which is missing`, 0.85);
  },
};
