import type { Migration } from './migration.ts';

/** What each phone's requests so far say, so that a restart of the server forgets none of it. */
export const watchStates: Migration = {
  version: 4,
  name: 'watch-states',
  async up(db) {
    await db.schema
      .createTable('watched')
      .addColumn('mac', 'text', (column) => column.primaryKey())
      .addColumn('family', 'text', (column) => column.notNull())
      .addColumn('form', 'integer', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('boot_id', 'bigint')
      .execute();
  },
};
