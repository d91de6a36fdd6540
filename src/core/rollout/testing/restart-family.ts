import type { PhoneFamily } from '../../../model/family.ts';
import type { RestartTimes } from '../../../model/family-restart.ts';
import { fakeFamily } from '../../testing/fake-family.ts';

export const fakeTimes: RestartTimes = {
  hear: { usualMs: 30_000, withinMs: 120_000 },
  start: { usualMs: 20_000, withinMs: 120_000 },
  hop: { usualMs: 60_000, withinMs: 300_000 },
  register: { usualMs: 10_000, withinMs: 60_000 },
  silentMs: 240_000,
  boots: 6,
};

/** The fake family, whose phones can be asked to restart unless they run image 8. */
export const restartFamily: PhoneFamily = {
  ...fakeFamily,
  models: [
    { name: 'T', lines: 2 },
    { name: 'U', lines: 2 },
  ],
  restart: {
    problem: (image) =>
      image === '8'
        ? { code: 'no-notify', text: '8 knows no NOTIFY: walk to the desk' }
        : undefined,
    way: () => ({ kind: 'notify', event: 'check-sync', does: 'it starts again' }),
    times: () => fakeTimes,
  },
};
