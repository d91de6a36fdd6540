import { test } from 'node:test';
import { killAndGoOn } from './kill-site.ts';

const seed = Number(process.env.HOOKFLASH_SEED ?? Date.now() % 0x7fffffff);

test(`three phones and six kills, seed ${seed}`, (t) =>
  killAndGoOn(t, { phones: 3, kills: 6, seed, timeScale: 0.02 }));
