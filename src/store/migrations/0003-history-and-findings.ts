import type { Migration } from './migration.ts';

/** What a phone refused, every change of its progress, and what is wrong with it. */
export const historyAndFindings: Migration = {
  version: 3,
  name: 'history-and-findings',
  async up(db, autoId) {
    await db.schema.alterTable('progress').addColumn('refused', 'text').execute();
    await db.schema
      .createTable('progress_log')
      .addColumn('id', autoId.type, (column) => autoId.build(column))
      .addColumn('mac', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('from_image', 'text', (column) => column.notNull())
      .addColumn('target', 'text', (column) => column.notNull())
      .addColumn('hops', 'text', (column) => column.notNull())
      .addColumn('step', 'integer', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('progress_log_mac')
      .on('progress_log')
      .columns(['mac', 'id'])
      .execute();
    await db.schema
      .createTable('findings')
      .addColumn('mac', 'text', (column) => column.notNull())
      .addColumn('code', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('severity', 'text', (column) => column.notNull())
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('consequence', 'text')
      .addColumn('cure', 'text')
      .addPrimaryKeyConstraint('findings_key', ['mac', 'code'])
      .execute();
  },
};
