import type { Migration } from './migration.ts';

/** What phones did beside asking for files, and what old boots are found by. */
export const bootEvents: Migration = {
  version: 6,
  name: 'boot-events',
  async up(db, autoId) {
    await db.schema
      .createTable('boot_events')
      .addColumn('id', autoId.type, (column) => autoId.build(column))
      .addColumn('boot_id', 'bigint', (column) =>
        column.notNull().references('boots.id').onDelete('cascade'),
      )
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('protocol', 'text', (column) => column.notNull())
      .addColumn('address', 'text')
      .addColumn('happening', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('boot_events_boot')
      .on('boot_events')
      .columns(['boot_id', 'id'])
      .execute();
    await db.schema.createIndex('boots_started').on('boots').column('started_at').execute();
  },
};
