import type { Migration } from './migration.ts';

/** Where lines can be reached, and phones that shall restart. */
export const registrations: Migration = {
  version: 8,
  name: 'registrations',
  async up(db) {
    await db.schema
      .createTable('bindings')
      .addColumn('user_name', 'text', (column) => column.notNull())
      .addColumn('contact', 'text', (column) => column.notNull())
      .addColumn('mac', 'text', (column) => column.notNull())
      .addColumn('call_id', 'text', (column) => column.notNull())
      .addColumn('sequence', 'bigint', (column) => column.notNull())
      .addColumn('q', 'integer')
      .addColumn('registered_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('transport', 'text', (column) => column.notNull())
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('port', 'integer', (column) => column.notNull())
      .addColumn('local', 'text')
      .addColumn('user_agent', 'text')
      .addPrimaryKeyConstraint('bindings_key', ['user_name', 'contact'])
      .execute();
    await db.schema
      .createTable('restarts')
      .addColumn('mac', 'text', (column) => column.primaryKey())
      .addColumn('asked_at', 'bigint', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('token', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('text', 'text', (column) => column.notNull())
      .execute();
  },
};
