import type { Diagnosis } from '../../../model/diagnosis.ts';
import { isSent, listed, matchOf } from '../../../model/story-questions.ts';
import type { AskedFile, PhoneStory } from '../../../model/story.ts';
import { asksFor, givenInVain, serversGiven } from '../../shared/diagnoses/dhcp-questions.ts';

const cure =
  'give the TFTP server as option 150 (a list of addresses) and as option 66 (its address as text): hookflash dhcp snippet writes both; then pull the plug, wait ten seconds, put it in again';

/** The last loader or image of the original kind that it took: the first half of an upgrade. */
function loaderTaken({ files }: PhoneStory): AskedFile | undefined {
  return files.findLast((file) => /^P0.*\.(sbn|bin)$/i.test(file.name) && isSent(file));
}

export const noOption150: Diagnosis = {
  code: 'no-option-150',
  severity: 'error',
  title: 'DHCP that names no TFTP server',
  consequence:
    'it asks for no file; in the middle of an upgrade its settings are gone and it stops with "Protocol Application Invalid"',
  cure,
  matches(story) {
    const given = givenInVain(story);
    if (!given || serversGiven(given.dhcp).length > 0) return undefined;
    const loader = loaderTaken(story);
    const half =
      loader === undefined
        ? ''
        : `: it took ${loader.name}, which forgets the settings, and stands in the middle of its upgrade`;
    const text = `DHCP gave it an address and neither option 150 nor 66${half}`;
    return matchOf(loader ? [given, loader] : [given], text, 0.95);
  },
};

export const option66Expected: Diagnosis = {
  code: 'option-66-expected',
  severity: 'error',
  title: 'Option 150 for a phone that asks for 66',
  consequence: 'it does not look at option 150 and asks for no file',
  cure,
  matches(story) {
    const given = givenInVain(story);
    const wanted = asksFor(story);
    const { tftpServers = [], tftpServerName } = given?.dhcp ?? {};
    const has150Alone = tftpServers.length > 0 && tftpServerName === undefined;
    if (!given || !has150Alone || !wanted.includes(66) || wanted.includes(150)) return undefined;
    const text = `DHCP gave it option 150 (${listed(tftpServers)}), and it asks for option 66`;
    return matchOf([given], text, 0.9);
  },
};

export const option150Expected: Diagnosis = {
  code: 'option-150-expected',
  severity: 'error',
  title: 'Option 66 for a phone that goes by 150',
  consequence:
    'it does not look at option 66, or cannot look the name in it up, and asks for no file',
  cure,
  matches(story) {
    const given = givenInVain(story);
    const { tftpServers = [], tftpServerName = '' } = given?.dhcp ?? {};
    if (!given || tftpServers.length > 0 || tftpServerName === '') return undefined;
    const wanted = asksFor(story);
    const isName = !/^\d+(\.\d+){3}$/.test(tftpServerName);
    if (isName)
      return matchOf(
        [given],
        `option 66 is the name "${tftpServerName}", which it cannot look up, and there is no option 150`,
        0.85,
      );
    if (!wanted.includes(150) || wanted.includes(66)) return undefined;
    return matchOf(
      [given],
      `DHCP gave it option 66 (${tftpServerName}), and it asks for option 150`,
      0.9,
    );
  },
};
