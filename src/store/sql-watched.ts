import type { Kysely } from 'kysely';
import type { Store } from '../model/store.ts';
import { watchedOf, watchedRow } from './rows.ts';
import type { Database } from './schema.ts';

export function watched(db: Kysely<Database>): Pick<Store, 'watchedPut' | 'watchedGet'> {
  return {
    async watchedPut(all) {
      if (all.length === 0) return;
      await db.transaction().execute(async (tx) => {
        for (const each of all) {
          const row = watchedRow(each);
          await tx
            .insertInto('watched')
            .values(row)
            .onConflict((conflict) => conflict.column('mac').doUpdateSet(row))
            .execute();
        }
      });
    },
    async watchedGet(mac) {
      const row = await db
        .selectFrom('watched')
        .selectAll()
        .where('mac', '=', mac)
        .executeTakeFirst();
      return row && watchedOf(row);
    },
  };
}
