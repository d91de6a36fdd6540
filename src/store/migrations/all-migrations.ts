import { inventoryAndBoots } from './0001-inventory-and-boots.ts';
import type { Migration } from './migration.ts';

/** In the order in which they are applied. */
export const allMigrations: readonly Migration[] = [inventoryAndBoots];
