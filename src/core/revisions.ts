import { createHash } from 'node:crypto';
import type { PhoneFamily } from '../model/family.ts';
import type { Phone } from '../model/phone.ts';
import type { Rendered } from '../model/render.ts';
import type { PhoneRevision, Revisions } from '../model/revision.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import type { Clock } from './clock.ts';

type Parts = {
  readonly store: Pick<Store, 'revisionList' | 'revisionPut'>;
  readonly clock: Pick<Clock, 'now'>;
};

type Render = (revisions: Revisions) => Rendered;

/** A phone's files, each change of those that have a version counted on disk before they are seen. */
export async function renderRevised(
  parts: Parts,
  phone: Phone,
  family: PhoneFamily,
  render: Render,
): Promise<Rendered> {
  if (family.revised === undefined) return render(new Map());
  const kept = await parts.store.revisionList(phone.mac);
  const { rendered, raised } = revise(family, kept, phone.mac, parts.clock.now(), render);
  for (const each of raised) await parts.store.revisionPut(each);
  return rendered;
}

/** The same as it would be the next time that the phone asks, and nothing is kept. */
export async function previewRevised(
  store: Pick<Store, 'revisionList'>,
  phone: Phone,
  family: PhoneFamily,
  render: Render,
): Promise<Rendered> {
  if (family.revised === undefined) return render(new Map());
  return revise(family, await store.revisionList(phone.mac), phone.mac, 0, render).rendered;
}

function revise(
  family: PhoneFamily,
  kept: readonly PhoneRevision[],
  mac: Mac,
  at: number,
  render: Render,
): { readonly rendered: Rendered; readonly raised: readonly PhoneRevision[] } {
  const before = new Map(kept.map((each) => [each.path, each]));
  const first = render(before);
  const raised = first.files.flatMap(({ path, content }): readonly PhoneRevision[] => {
    if (family.revised?.includes(path) !== true) return [];
    const { revision = 0, sha256: old, forced = false } = before.get(path) ?? {};
    const sha256 = createHash('sha256').update(content).digest('hex');
    return old === sha256 ? [] : [{ mac, path, revision: revision + 1, sha256, forced, at }];
  });
  if (raised.length === 0) return { rendered: first, raised };
  const after = new Map([...before, ...raised.map((each) => [each.path, each] as const)]);
  return { rendered: render(after), raised };
}

/**
 * What a phone passed over is to be taken whatever it has, once: until it has taken it. Of an image
 * only where the phone's plan is about it.
 */
export async function markForced(
  { store, clock }: Parts,
  mac: Mac,
  path: string,
  forced: boolean,
): Promise<boolean> {
  const known = (await store.revisionList(mac)).find((each) => each.path === path);
  if ((known?.forced ?? false) === forced) return false;
  const { revision = 0, sha256 = '' } = known ?? {};
  await store.revisionPut({ mac, path, revision, sha256, forced, at: clock.now() });
  return true;
}
