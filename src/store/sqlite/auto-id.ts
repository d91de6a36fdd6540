import type { AutoId } from '../migrations/migration.ts';

/** https://www.sqlite.org/autoinc.html: without the keyword, ids of deleted rows come again. */
export const sqliteAutoId: AutoId = {
  type: 'integer',
  build: (column) => column.primaryKey().autoIncrement(),
};
