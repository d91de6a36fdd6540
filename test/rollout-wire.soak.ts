import { test } from 'node:test';
import { canariesStopIt, killsChangeNothing, type StoryPlan } from './rollout-wire-stories.ts';

const seed = Number(process.env.HOOKFLASH_SEED ?? Date.now() % 0x7fffffff);

const plan: Omit<StoryPlan, 'serverAddress' | 'firstAddress'> = {
  ...{ phones: 1000, faulty: 30, seed, timeScale: 0.05, patience: 0.1 },
  ...{ atOnce: 100, perSubnet: 28, canary: 300, kills: 50, mostBetween: 4000 },
};

test(`a thousand phones: canaries stop it, a bolder one takes all along, seed ${seed}`, (t) =>
  canariesStopIt(t, { ...plan, serverAddress: '127.35.0.1', firstAddress: '127.36.0.1' }));

test(`a thousand phones and fifty kills, seed ${seed}`, (t) =>
  killsChangeNothing(t, { ...plan, serverAddress: '127.35.0.2', firstAddress: '127.46.0.1' }));
