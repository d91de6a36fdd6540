import type { Diagnosis } from '../../../model/diagnosis.ts';
import { isSent, matchOf, seenOf, times } from '../../../model/story-questions.ts';
import type { AskedFile, PhoneStory } from '../../../model/story.ts';
import { sortOfImage } from '../image-name.ts';
import { fileName } from '../paths.ts';
import { limits } from '../phone-findings.ts';

/** Starts after which an image that is taken each time is told of. */
const mostTimes = 3;

/** Firmware that it took by TFTP. */
function taken({ files }: PhoneStory): readonly AskedFile[] {
  return files.filter((file) => isSent(file) && fileName(file.path).kind === 'firmware');
}

const imageAgain: Diagnosis = {
  code: 'image-again',
  severity: 'error',
  title: 'Phone that loads the same image at every start',
  consequence: 'it loads at every start, and wears its flash out',
  cure: 'set DOWNLOAD_MODE AUTO in [FW] of 2004tftp.cfg; see that VERSION there is the version id of the file itself, not a later one',
  matches(story) {
    const byName = Map.groupBy(taken(story), ({ name }) => name.toLowerCase());
    const own = [...byName.values()].find(({ length }) => length >= mostTimes) ?? [];
    const text = `it took ${own[0]?.name ?? ''} ${times(own.length)}`;
    return matchOf(own, text, 0.9);
  },
};

const lateUnistimSession: Diagnosis = {
  code: 'late-unistim-session',
  severity: 'error',
  title: 'Phone that is back on UNIStim and speaks with no server',
  consequence: 'it shows that the server cannot be reached and tries again for ever',
  cure: 'give it S1 with port 5000 and action 1, by DHCP or at the phone: it still has 5060 and 7 of SIP',
  matches(story) {
    const file = taken(story).at(-1);
    const image = file && fileName(file.path).image;
    if (!file || image === undefined || sortOfImage(image) !== 'unistim') return undefined;
    const { withinMs } = limits['session-after-revert'];
    const isAfter = ({ at }: { readonly at: number }) => at > file.at;
    const speaks = seenOf(story.observations, 'unistim').some(isAfter);
    if (speaks || story.files.some(isAfter) || story.site.endedAt - file.at < withinMs)
      return undefined;
    return matchOf([file], `it took ${file.name} by TFTP and was not heard of again`, 0.85);
  },
};

/** What may be wrong with an IP Phone 2004, beside what may be with any phone. */
export const diagnoses: readonly Diagnosis[] = [imageAgain, lateUnistimSession];
