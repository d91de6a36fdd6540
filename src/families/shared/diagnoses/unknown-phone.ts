import type { Diagnosis } from '../../../model/diagnosis.ts';
import { isSent, listed, matchOf, namesOf } from '../../../model/story-questions.ts';

/** Lists of whom to trust are missing for phones that are known, too. */
const trustList = /\.tlv$/i;

export const unknownPhone: Diagnosis = {
  code: 'unknown-phone',
  severity: 'warning',
  title: 'Phone that the server knows nothing of',
  consequence: 'it gets what is there for all phones, or nothing',
  cure: 'hookflash phone add MAC --model MODEL; with another server: make its file, its MAC in upper case, without colons',
  matches({ mac, files, site, last, inInventory }) {
    const own = files.filter(
      ({ name }) => mac !== undefined && name.toUpperCase().includes(mac) && !trustList.test(name),
    );
    if (inInventory === false)
      return matchOf(own.length > 0 ? own : last.files, 'it is not in the inventory', 0.6);
    const isMissing = own.length > 0 && own.every(({ outcome }) => outcome === 'missing');
    if (!isMissing || !(site.servesOthers || files.some(isSent))) return undefined;
    return matchOf(own, `the server has no file of its own for it: ${listed(namesOf(own))}`, 0.6);
  },
};
