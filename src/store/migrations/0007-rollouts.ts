import type { Migration } from './migration.ts';

/** Changes of many phones in order: what was decided for each, and what became of it. */
export const rollouts: Migration = {
  version: 7,
  name: 'rollouts',
  async up(db, autoId) {
    await db.schema
      .createTable('rollouts')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('rollout', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('rollout_phones')
      .addColumn('rollout', 'text', (column) => column.notNull())
      .addColumn('mac', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('open', 'integer', (column) => column.notNull())
      .addColumn('phone', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('rollout_phones_key', ['rollout', 'mac'])
      .execute();
    await db.schema
      .createIndex('rollout_phones_mac')
      .on('rollout_phones')
      .columns(['mac', 'open'])
      .execute();
    await db.schema
      .createTable('rollout_log')
      .addColumn('id', autoId.type, (column) => autoId.build(column))
      .addColumn('rollout', 'text', (column) => column.notNull())
      .addColumn('mac', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('cause', 'text')
      .addColumn('hop', 'integer', (column) => column.notNull())
      .addColumn('hops', 'integer', (column) => column.notNull())
      .addColumn('asked', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('rollout_log_phone')
      .on('rollout_log')
      .columns(['rollout', 'mac', 'id'])
      .execute();
    await db.schema
      .createTable('rollout_intents')
      .addColumn('id', autoId.type, (column) => autoId.build(column))
      .addColumn('rollout', 'text', (column) => column.notNull())
      .addColumn('order', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
