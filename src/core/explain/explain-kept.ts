import type { PhoneFinding } from '../../model/finding.ts';
import type { Observation } from '../../model/observation.ts';
import type { StandingFinding } from '../../model/story.ts';
import type { Store } from '../../model/store.ts';
import type { Mac } from '../../wire/mac.ts';
import { explain, type Explanation, type ExplainOptions } from './explain.ts';
import { plainPath } from '../view.ts';
import { keptObservations } from './kept-boots.ts';

export type KeptOptions = Pick<ExplainOptions, 'families' | 'common' | 'endedAt'> & {
  /** How many boots are looked back at. */
  readonly boots: number;
};

/** Explains a phone from what the store keeps of it; undefined where nothing was seen of it. */
export async function explainKept(
  store: Store,
  mac: Mac,
  { boots, ...options }: KeptOptions,
): Promise<Explanation | undefined> {
  const observations = await keptObservations(store, mac, boots);
  if (observations.length === 0) return undefined;
  const phone = await store.phoneGet(mac);
  const served = new Map((await store.servedList(mac)).map(({ path, text }) => [path, text]));
  const last = lastTaken(observations);
  return explain(observations, {
    ...options,
    standing: (await store.findingList(mac)).map(standingFinding),
    phoneOf: (asked) => (asked === mac ? phone : undefined),
    // It has changed since it was taken before.
    textOf: (path, at) => (at === last.get(path) ? served.get(plainPath(path)) : undefined),
  });
}

/** When each file was asked for that was sent, the last time. */
function lastTaken(observations: readonly Observation[]): ReadonlyMap<string, number> {
  return new Map(
    observations.flatMap(({ at, happening }) =>
      happening.kind === 'file-ended' && happening.end.kind === 'sent'
        ? [[happening.path ?? '', at] as const]
        : [],
    ),
  );
}

function standingFinding(finding: PhoneFinding): StandingFinding {
  return { finding, at: finding.at, evidence: [{ source: 'findings', text: finding.text }] };
}
