import type { Migration } from './migration.ts';

/** Which address is whose. The key is the address as a number, so that neighbours share pages. */
export const leases: Migration = {
  version: 5,
  name: 'leases',
  async up(db) {
    await db.schema
      .createTable('leases')
      .addColumn('address', 'integer', (column) => column.primaryKey())
      .addColumn('mac', 'text')
      .addColumn('client_id', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('started_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint')
      .addColumn('host_name', 'text')
      .addColumn('vendor_class', 'text')
      .addColumn('relay_information', 'text')
      .execute();
  },
};
