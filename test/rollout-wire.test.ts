import { describe, test } from 'node:test';
import { canariesStopIt, killsChangeNothing, type StoryPlan } from './rollout-wire-stories.ts';

const seed = Number(process.env.HOOKFLASH_SEED ?? Date.now() % 0x7fffffff);

const plan: Omit<StoryPlan, 'serverAddress' | 'firstAddress'> = {
  ...{ phones: 32, faulty: 8, seed, timeScale: 0.005, patience: 0.015 },
  ...{ atOnce: 12, perSubnet: 10, canary: 20, kills: 3, mostBetween: 2000 },
};

/** Virtual phones on loopback, the server's process and commands: `npm run soak` has a thousand. */
describe('a rollout over the wire', { concurrency: 2 }, () => {
  test(`canaries stop it; a bolder one takes all sound phones along, seed ${seed}`, (t) =>
    canariesStopIt(t, { ...plan, serverAddress: '127.30.0.1', firstAddress: '127.31.0.245' }));

  test(`three kills: nobody is asked for what it proved, none is forgotten, seed ${seed}`, (t) =>
    killsChangeNothing(t, { ...plan, serverAddress: '127.30.0.2', firstAddress: '127.33.0.245' }));
});
