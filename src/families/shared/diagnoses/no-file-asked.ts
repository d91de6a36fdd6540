import type { Diagnosis } from '../../../model/diagnosis.ts';
import { addressGiven, listed, matchOf } from '../../../model/story-questions.ts';
import { serversGiven } from './dhcp-questions.ts';

/** A phone asks for its first file within seconds. */
const soonMs = 60_000;

export const noFileAsked: Diagnosis = {
  code: 'no-file-asked',
  severity: 'error',
  title: 'Phone that has an address and asks for no file',
  consequence: 'it runs what it has, or waits for ever with a dark display',
  cure: 'look at "TFTP Server" and "Alternate TFTP" on the phone: with Alternate TFTP "Yes" it asks the address set there; see that the log is of the server that option 150 names; a Java phone that was wiped: hold # and let it ask again, 123456789*0#',
  matches(story) {
    const { last, reach, site } = story;
    const given = addressGiven(story);
    if (!given || !reach.files || last.files.length > 0 || last.started) return undefined;
    if (site.endedAt - given.at < soonMs || given.at < last.startedAt) return undefined;
    const servers = serversGiven(given.dhcp);
    const where = servers.length > 0 ? ` and was told to ask ${listed(servers)}` : '';
    return matchOf([given], `it got an address${where}, and asks for no file`, 0.5);
  },
};
