import type { Migration } from './migration.ts';

/** How often files of phones have changed, and what services were provisioned with. */
export const services: Migration = {
  version: 9,
  name: 'services',
  async up(db, autoId) {
    await db.schema
      .createTable('revisions')
      .addColumn('mac', 'text', (column) => column.notNull())
      .addColumn('path', 'text', (column) => column.notNull())
      .addColumn('revision', 'integer', (column) => column.notNull())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .addColumn('forced', 'integer', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('revisions_key', ['mac', 'path'])
      .execute();
    await db.schema
      .createTable('services')
      .addColumn('id', autoId.type, (column) => autoId.build(column))
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('settings', 'text', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .addColumn('text', 'text', (column) => column.notNull())
      .execute();
  },
};
