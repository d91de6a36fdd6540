import type { FamilyRestart, RestartWay } from '../../model/family-restart.ts';
import type { Refusal } from '../../model/plan.ts';
import { offeredCodes } from './ipcm/phone-findings.ts';
import { parseImageName } from './image-name.ts';
import { limits } from './phone-findings.ts';

/** UNIStim has a command for it; nothing of the kind is known of the 2004's SIP software. */
function problem(image: string | undefined): Refusal | undefined {
  const name = image === undefined ? undefined : parseImageName(image);
  if (name?.software !== 'sip') return undefined;
  return {
    code: 'no-remote-restart',
    text: `${name.canonical}: no document says that the SIP software of the 2004 restarts when it is asked to; with AUTO_UPDATE it looks for files once a day by itself`,
  };
}

const bySession = (how: 'soft' | 'hard'): RestartWay => ({
  ...{ kind: 'session', how },
  does: how === 'soft' ? 'it starts its program anew' : 'it starts anew as from power-on',
});

export const restart: FamilyRestart = {
  problem,
  way({ phone, kind }) {
    const refusal = problem(phone.running);
    if (!refusal) return bySession(kind === 'reset' ? 'hard' : 'soft');
    const instead =
      'pull its plug; or set AUTO_UPDATE to YES and AUTO_UPDATE_TIME, and wait for the next day';
    return { kind: 'cannot', because: refusal.text, instead };
  },
  heldUpBy: ['software-key-not-pressed', ...offeredCodes],
  times: () => ({
    hear: { usualMs: 15_000, withinMs: 180_000 },
    start: { usualMs: 30_000, withinMs: 180_000 },
    // Half a minute for an image, then flash and start.
    hop: { usualMs: 90_000, withinMs: 2 * limits['session-after-uftp'].withinMs },
    register: { usualMs: 20_000, withinMs: 180_000 },
    silentMs: limits['session-after-uftp'].withinMs + 60_000,
    boots: 6,
  }),
};
