import { test } from 'node:test';
import { killUnderDhcpLoad } from './dhcp-kill-site.ts';

const seed = Number(process.env.HOOKFLASH_SEED ?? Date.now() % 0x7fffffff);

test(`leases outlast a hundred kills under load, seed ${seed}`, (t) =>
  killUnderDhcpLoad(t, { kills: 100, seed }));
