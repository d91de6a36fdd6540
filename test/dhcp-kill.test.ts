import { test } from 'node:test';
import { killUnderDhcpLoad } from './dhcp-kill-site.ts';

// The long form is dhcp-kill.soak.ts.
test('leases outlast five kills under load', (t) =>
  killUnderDhcpLoad(t, { kills: 5, seed: Number(process.env.HOOKFLASH_SEED ?? 1) }));
