import { addressGiven, dhcpSeen, seenOf, type DhcpSeen } from '../../../model/story-questions.ts';
import type { DhcpFacts, Observation } from '../../../model/observation.ts';
import type { PhoneStory, StoryBoot } from '../../../model/story.ts';

/** Observations of a boot that are not about files. */
export function seenIn({ steps }: StoryBoot): readonly Observation[] {
  return steps.flatMap((step) => ('seen' in step ? [step.seen] : []));
}

/** What a phone asked after the last answer that it got, in its last boot. */
export function unansweredDiscovers({ last }: PhoneStory): readonly DhcpSeen[] {
  const seen = seenIn(last);
  const answers = dhcpSeen(seen, 'offer', 'ack', 'nak');
  if (answers.length > 0 || last.files.length > 0) return [];
  return dhcpSeen(seen, 'discover');
}

/** Where a DHCP server sends the phone for its files: option 150, 66, then siaddr. */
export function serversGiven(dhcp: DhcpFacts): readonly string[] {
  if (dhcp.tftpServers && dhcp.tftpServers.length > 0) return dhcp.tftpServers;
  if (dhcp.tftpServerName !== undefined && dhcp.tftpServerName !== '') return [dhcp.tftpServerName];
  return hasNextServer(dhcp) ? [dhcp.nextServer ?? ''] : [];
}

export function hasNextServer({ nextServer }: DhcpFacts): boolean {
  return nextServer !== undefined && nextServer !== '' && nextServer !== '0.0.0.0';
}

/** Logs may tell of a message without its options. */
export function tellsOptions({ dhcp }: DhcpSeen, { reach }: PhoneStory): boolean {
  return reach.packets || dhcp.options !== undefined || serversGiven(dhcp).length > 0;
}

/** The answer that the phone goes by, where it tells its options and the phone asked for no file. */
export function givenInVain(story: PhoneStory): DhcpSeen | undefined {
  const given = addressGiven(story);
  if (!given || !tellsOptions(given, story)) return undefined;
  const isUsed = story.files.some(({ at }) => at >= given.at);
  return isUsed ? undefined : given;
}

/** Options that the phone asked for (option 55), by the last time that it told them. */
export function asksFor({ observations }: PhoneStory): readonly number[] {
  const asked = dhcpSeen(observations, 'discover', 'request', 'inform');
  return asked.findLast(({ dhcp }) => dhcp.asksFor !== undefined)?.dhcp.asksFor ?? [];
}

/** Lines about DHCP, of the phone and of no phone, with these words. */
export function dhcpLines(
  { observations, site }: PhoneStory,
  words: RegExp,
): readonly Observation[] {
  return [...seenOf(observations, 'dhcp'), ...site.notes].filter(({ evidence }) =>
    words.test(evidence.text),
  );
}
