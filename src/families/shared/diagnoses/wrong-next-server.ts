import type { Diagnosis, DiagnosisMatch } from '../../../model/diagnosis.ts';
import {
  addressGiven,
  isSent,
  isSilent,
  listed,
  matchOf,
  seenOf,
  shownBy,
  type DhcpSeen,
} from '../../../model/story-questions.ts';
import type { PhoneStory } from '../../../model/story.ts';
import { givenInVain, hasNextServer, serversGiven } from './dhcp-questions.ts';

export const wrongNextServer: Diagnosis = {
  code: 'wrong-next-server',
  severity: 'error',
  title: 'DHCP names a TFTP server that is none',
  consequence:
    'it asks where nobody answers; display "TFTP Timeout", later "Protocol Application Invalid"',
  cure: 'give the address of the TFTP server as option 150, and as option 66 and next-server too, so that no other value is left; a server with several network cards must name the one on the side of the phones',
  matches(story) {
    const given = addressGiven(story);
    if (!given) return undefined;
    return inVain(story) ?? askedInVain(story, given);
  },
};

/** next-server alone, as many servers fill it in by themselves. */
function inVain(story: PhoneStory): DiagnosisMatch | undefined {
  const given = givenInVain(story);
  if (!given || !isNextServerAlone(given)) return undefined;
  const { nextServer = '' } = given.dhcp;
  const text = `DHCP names ${nextServer} as next-server alone, and it asks for no file`;
  return matchOf([given], text, 0.8);
}

function isNextServerAlone({ dhcp }: DhcpSeen): boolean {
  const { tftpServers = [], tftpServerName = '' } = dhcp;
  return hasNextServer(dhcp) && tftpServers.length === 0 && tftpServerName === '';
}

function askedInVain(story: PhoneStory, given: DhcpSeen): DiagnosisMatch | undefined {
  const { files } = story.last;
  const unreachable = seenOf(story.observations, 'unreachable');
  const silent = files.filter(isSilent);
  if (files.some(isSent) || (silent.length === 0 && unreachable.length === 0)) return undefined;
  const [asked] = silent.length > 0 ? silent : files;
  const server = asked?.server ?? serversGiven(given.dhcp)[0];
  const better = betterServer(story, given, server);
  if (server === undefined || better === undefined) return undefined;
  const text = `DHCP sends it to ${server}, where nobody answers, ${better}`;
  const shown = [given, ...silent, ...unreachable.map(shownBy)];
  return matchOf(shown, text, 0.9);
}

/** Why another address is meant; undefined where nothing speaks for one. */
function betterServer(
  { site }: PhoneStory,
  given: DhcpSeen,
  server: string | undefined,
): string | undefined {
  const serving = [...site.servers].filter((each) => each !== server);
  if (serving.length > 0) return `while ${listed(serving)} serves others`;
  const { tftpServers = [], tftpServerName, nextServer } = given.dhcp;
  const named = [
    ...tftpServers,
    tftpServerName,
    hasNextServer(given.dhcp) ? nextServer : undefined,
  ];
  const others = [...new Set(named.filter((each) => each !== undefined && each !== server))];
  if (others.length > 0) return `and names ${others.join(', ')} beside it`;
  return isNextServerAlone(given) ? 'and names it as next-server alone' : undefined;
}
