import { inventoryAndBoots } from './0001-inventory-and-boots.ts';
import { servedFiles } from './0002-served-files.ts';
import { historyAndFindings } from './0003-history-and-findings.ts';
import { bootEvents } from './0030-boot-events.ts';
import type { Migration } from './migration.ts';

/** In the order in which they are applied. */
export const allMigrations: readonly Migration[] = [
  inventoryAndBoots,
  servedFiles,
  historyAndFindings,
  bootEvents,
];
