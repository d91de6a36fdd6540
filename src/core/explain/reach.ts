import type { Observation } from '../../model/observation.ts';
import type { Reach } from '../../model/story.ts';

/** What a source is able to show, by what it does show; `packets`: it is a capture. */
export function reachOf(observations: readonly Observation[], packets: boolean): Reach {
  const kinds = new Set(observations.map(({ happening }) => happening.kind));
  const ends = observations.some(
    ({ happening }) => happening.kind === 'file-ended' && happening.end.kind === 'sent',
  );
  return {
    packets,
    ends: packets || ends,
    dhcp: packets || kinds.has('dhcp'),
    files: packets || kinds.has('file-asked') || kinds.has('file-ended'),
    sip: packets || kinds.has('sip'),
    sntp: packets || kinds.has('sntp'),
  };
}
