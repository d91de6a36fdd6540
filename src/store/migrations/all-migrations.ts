import { inventoryAndBoots } from './0001-inventory-and-boots.ts';
import { servedFiles } from './0002-served-files.ts';
import { historyAndFindings } from './0003-history-and-findings.ts';
import { watchStates } from './0004-watch-states.ts';
import { leases } from './0005-leases.ts';
import { bootEvents } from './0006-boot-events.ts';
import { rollouts } from './0007-rollouts.ts';
import { registrations } from './0008-registrations.ts';
import { services } from './0009-services.ts';
import type { Migration } from './migration.ts';

/** In the order in which they are applied. */
export const allMigrations: readonly Migration[] = [
  inventoryAndBoots,
  servedFiles,
  historyAndFindings,
  watchStates,
  leases,
  bootEvents,
  rollouts,
  registrations,
  services,
];
