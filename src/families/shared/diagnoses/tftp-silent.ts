import type { Diagnosis } from '../../../model/diagnosis.ts';
import { isSilent, listed, matchOf, namesOf } from '../../../model/story-questions.ts';
import type { AskedFile, PhoneStory } from '../../../model/story.ts';

/** The files of the last boot, where all of them came to nothing and nobody said why. */
function silentFiles({ last, observations }: PhoneStory): readonly AskedFile[] {
  const isTold = observations.some(({ happening }) => happening.kind === 'unreachable');
  return last.files.length > 0 && !isTold && last.files.every(isSilent) ? last.files : [];
}

function asks(files: readonly AskedFile[]): string {
  const requests = files.reduce((sum, { repeats }) => sum + repeats + 1, 0);
  const many = requests === 1 ? 'one request' : `${requests} requests`;
  return `${many} for ${listed(namesOf(files))}`;
}

export const tftpSilent: Diagnosis = {
  code: 'tftp-silent',
  severity: 'error',
  title: 'TFTP server that does not answer',
  consequence:
    'it sends each request five times in 20 s, three times over, then goes on to the next file, and begins again',
  cure: 'see that the TFTP server runs on this address and UDP port 69, that no firewall drops the request, and that the address in option 150 or "TFTP Server" on the phone is right',
  matches(story) {
    const files = silentFiles(story);
    if (!story.reach.packets || files.some(({ answered }) => answered)) return undefined;
    const [first] = files;
    const server = first?.server === undefined ? 'the server' : first.server;
    return matchOf(files, `${asks(files)}, and ${server} answered none`, 0.85);
  },
};

export const returnPathBlocked: Diagnosis = {
  code: 'return-path-blocked',
  severity: 'error',
  title: 'Answers of the TFTP server that do not reach the phone',
  consequence: 'it asks for the same file again and again, as if nobody answered',
  cure: "let UDP from the server to the phones through, from any port: TFTP answers from another port than 69; use the firewall's TFTP helper, take NAT out of the way, and look for a route back to the phones",
  matches(story) {
    const files = silentFiles(story);
    const isSeen = !story.reach.packets || files.some(({ answered }) => answered);
    if (!isSeen || files.length === 0) return undefined;
    const few = files.length === 1 && files[0]?.repeats === 0;
    const text = `the server saw ${asks(files)}, and none of its answers was acknowledged`;
    return matchOf(files, text, few ? 0.4 : 0.85);
  },
};
