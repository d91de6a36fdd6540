import type { Migration } from './migration.ts';

/** What each phone last took, to show what a change of settings would change for it. */
export const servedFiles: Migration = {
  version: 2,
  name: 'served-files',
  async up(db) {
    await db.schema
      .createTable('served')
      .addColumn('mac', 'text', (column) => column.notNull())
      .addColumn('path', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('size', 'bigint', (column) => column.notNull())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .addColumn('text', 'text')
      .addPrimaryKeyConstraint('served_key', ['mac', 'path'])
      .execute();
  },
};
