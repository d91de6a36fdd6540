import type { Insertable, Kysely, Selectable } from 'kysely';
import type { PhoneRevision } from '../model/revision.ts';
import type { Service } from '../model/service.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import type { Database, RevisionTable, ServiceTable } from './schema.ts';

export function revisions(db: Kysely<Database>): Pick<Store, 'revisionPut' | 'revisionList'> {
  return {
    async revisionPut(revision) {
      const row: Insertable<RevisionTable> = { ...revision, forced: Number(revision.forced) };
      await db
        .insertInto('revisions')
        .values(row)
        .onConflict((conflict) => conflict.columns(['mac', 'path']).doUpdateSet(row))
        .execute();
    },
    async revisionList(mac) {
      const own = db.selectFrom('revisions').selectAll().where('mac', '=', mac);
      return (await own.orderBy('path').execute()).map(revisionOf);
    },
  };
}

export function services(
  db: Kysely<Database>,
): Pick<Store, 'servicePut' | 'serviceGet' | 'serviceHistory'> {
  return {
    async servicePut({ name, state, values, changedAt, text }) {
      const row = { name, state, settings: JSON.stringify(values), changed_at: changedAt, text };
      await db.insertInto('services').values(row).execute();
    },
    async serviceGet(name) {
      const own = db.selectFrom('services').selectAll().where('name', '=', name);
      const row = await own.orderBy('id', 'desc').limit(1).executeTakeFirst();
      return row && serviceOf(row);
    },
    async serviceHistory(name) {
      const own = db.selectFrom('services').selectAll().where('name', '=', name);
      return (await own.orderBy('id').execute()).map(serviceOf);
    },
  };
}

function revisionOf({ mac, forced, ...row }: Selectable<RevisionTable>): PhoneRevision {
  return { ...row, mac: mac as Mac, forced: forced !== 0 };
}

function serviceOf(row: Selectable<ServiceTable>): Service {
  const { name, settings, changed_at: changedAt, text } = row;
  const values = JSON.parse(settings) as Service['values'];
  return { name, state: row.state as Service['state'], values, changedAt, text };
}
