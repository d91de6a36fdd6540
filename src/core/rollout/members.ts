import type { Phone } from '../../model/phone.ts';
import type { Rollout, RolloutPhone, RolloutPreview, RolloutSpec } from '../../model/rollout.ts';
import { wishFor, type PreviewContext } from './preview.ts';

/** A rollout as it is made, before it begins, and its phones. */
export function newRollout(
  spec: RolloutSpec,
  phones: readonly Phone[],
  preview: RolloutPreview,
  context: Pick<PreviewContext, 'families' | 'back'>,
  now: number,
): { readonly rollout: Rollout; readonly phones: readonly RolloutPhone[] } {
  const rollout: Rollout = {
    ...spec,
    ...{ createdAt: now, updatedAt: now, reason: '', group: 0, forgiven: 0, run: 0 },
    groupNames: preview.groupNames,
    state: spec.schedule === undefined ? 'created' : 'scheduled',
  };
  return { rollout, phones: membersOf(spec, phones, preview, context, now) };
}

export function membersOf(
  spec: RolloutSpec,
  phones: readonly Phone[],
  preview: RolloutPreview,
  context: Pick<PreviewContext, 'families' | 'back'>,
  now: number,
): readonly RolloutPhone[] {
  const byMac = new Map(phones.map((phone) => [phone.mac, phone]));
  return preview.phones.flatMap((each): readonly RolloutPhone[] => {
    const phone = byMac.get(each.mac);
    if (!phone) return [];
    const { refusal, group, zone, lastsMs, from } = each;
    const { image, settings } = wishFor(spec, phone, context);
    const isThere = refusal?.code === 'nothing-to-do';
    const state = refusal ? (isThere ? 'skipped' : 'refused') : 'waiting';
    return [
      {
        ...{ rollout: spec.name, mac: each.mac, group, state, since: now, zone, lastsMs },
        ...{ reason: refusal?.text ?? '', hop: 0, hops: each.hops.length },
        ...{ attempts: 0, asked: 0, sent: false, registered: false, boots: 0 },
        ...(refusal && !isThere && { refusal: refusal.code }),
        ...(image !== undefined && { image }),
        ...(settings && { settings }),
        ...(from !== undefined && { from }),
      },
    ];
  });
}
