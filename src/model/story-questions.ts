import type { DiagnosisMatch } from './diagnosis.ts';
import type { DhcpFacts, Happening, Observation } from './observation.ts';
import type { AskedFile, PhoneStory, Shown } from './story.ts';

/** Questions that diagnoses ask of a story. */

/** The most lines that a match shows. */
const mostEvidence = 6;

/** A match that begins with the first of these; undefined where there is none. */
export function matchOf(
  shown: readonly Shown[],
  text: string,
  score: number,
): DiagnosisMatch | undefined {
  const [first] = shown;
  if (first === undefined) return undefined;
  const evidence = shown.flatMap((each) => each.evidence);
  const last = evidence.slice(mostEvidence - 1);
  const few = [...evidence.slice(0, mostEvidence - 1), ...last.slice(-1)];
  return { text, at: first.at, evidence: few, score };
}

/** An observation as something that shows. */
export function shownBy({ at, evidence }: Observation): Shown {
  return { at, evidence: [evidence] };
}

type Of<Kind extends Happening['kind']> = Observation & {
  readonly happening: Extract<Happening, { readonly kind: Kind }>;
};

/** The observations of one kind. */
export function seenOf<Kind extends Happening['kind']>(
  observations: readonly Observation[],
  kind: Kind,
): readonly Of<Kind>[] {
  return observations.filter((each): each is Of<Kind> => each.happening.kind === kind);
}

export type DhcpSeen = Shown & { readonly dhcp: DhcpFacts };

/** The DHCP messages of these types. */
export function dhcpSeen(
  observations: readonly Observation[],
  ...messages: readonly DhcpFacts['message'][]
): readonly DhcpSeen[] {
  return seenOf(observations, 'dhcp')
    .map((each) => ({ ...shownBy(each), dhcp: each.happening.dhcp }))
    .filter(({ dhcp }) => messages.includes(dhcp.message));
}

/** What the phone went by last: the last ACK, else the last OFFER. */
export function addressGiven({ observations }: PhoneStory): DhcpSeen | undefined {
  const acks = dhcpSeen(observations, 'ack');
  return acks.at(-1) ?? dhcpSeen(observations, 'offer').at(-1);
}

/** Asked for and got, as far as the source tells. */
export function isSent({ outcome }: AskedFile): boolean {
  return outcome === 'sent' || outcome === 'untold';
}

/** Nothing came of it, and no server said why. */
export function isSilent({ outcome }: AskedFile): boolean {
  return outcome === 'timed-out' || outcome === 'unanswered';
}

/** Each name once, in order. */
export function namesOf(files: readonly AskedFile[]): readonly string[] {
  return [...new Set(files.map(({ name }) => name))];
}

/** `A, B, C and 4 more` */
export function listed(names: readonly string[], most = 3): string {
  if (names.length <= most + 1) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

/** `once`, `twice`, `5 times` */
export function times(count: number): string {
  if (count === 1) return 'once';
  return count === 2 ? 'twice' : `${count} times`;
}
