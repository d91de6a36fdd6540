import type { Kysely } from 'kysely';
import type { AutoId, Migration } from './migration.ts';

/** Phones, how far their plans have come, who holds which address, and what they asked for. */
export const inventoryAndBoots: Migration = {
  version: 1,
  name: 'inventory-and-boots',
  async up(db, autoId) {
    await createInventory(db);
    await createBoots(db, autoId);
  },
};

async function createInventory(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('phones')
    .addColumn('mac', 'text', (column) => column.primaryKey())
    .addColumn('family', 'text', (column) => column.notNull())
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('image', 'text')
    .addColumn('running', 'text')
    .addColumn('labels', 'text', (column) => column.notNull())
    .addColumn('settings', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('progress')
    .addColumn('mac', 'text', (column) => column.primaryKey())
    .addColumn('from_image', 'text', (column) => column.notNull())
    .addColumn('because', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('steps', 'text', (column) => column.notNull())
    .addColumn('step', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('ties')
    .addColumn('address', 'text', (column) => column.primaryKey())
    .addColumn('mac', 'text', (column) => column.notNull())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('ties_mac').on('ties').column('mac').execute();
}

async function createBoots(db: Kysely<unknown>, autoId: AutoId): Promise<void> {
  await db.schema
    .createTable('boots')
    .addColumn('id', autoId.type, (column) => autoId.build(column))
    .addColumn('mac', 'text', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('boots_mac').on('boots').columns(['mac', 'id']).execute();
  await db.schema
    .createTable('requests')
    .addColumn('id', autoId.type, (column) => autoId.build(column))
    .addColumn('boot_id', 'bigint', (column) =>
      column.notNull().references('boots.id').onDelete('cascade'),
    )
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('protocol', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('port', 'integer', (column) => column.notNull())
    .addColumn('path', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('retries', 'integer', (column) => column.notNull())
    .addColumn('source', 'text')
    .addColumn('tie', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('requests_boot').on('requests').columns(['boot_id', 'id']).execute();
}
