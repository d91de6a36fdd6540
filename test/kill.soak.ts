import { test } from 'node:test';
import { killAndGoOn } from './kill-site.ts';

const seed = Number(process.env.HOOKFLASH_SEED ?? Date.now() % 0x7fffffff);

test(`twenty phones and fifty kills, seed ${seed}`, (t) =>
  killAndGoOn(t, { phones: 20, kills: 50, seed, timeScale: 0.5 }));
