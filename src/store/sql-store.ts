import type { Kysely } from 'kysely';
import type { Phone } from '../model/phone.ts';
import type { Lease } from '../model/lease.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import { closable } from './closable.ts';
import { leaseOf } from './lease-rows.ts';
import {
  changeOf,
  changeOfRow,
  changeRow,
  findingOf,
  findingRow,
  phoneOf,
  phoneRow,
  progressOf,
  progressRow,
  servedOf,
  servedRow,
  tieOf,
  tieRow,
} from './rows.ts';
import type { Database } from './schema.ts';
import { sqlBoots } from './sql-boots.ts';
import { rollouts } from './sql-rollouts.ts';
import { revisions, services } from './sql-services.ts';
import { bindings, restarts } from './sql-sip.ts';
import { watched } from './sql-watched.ts';
import { withWanted } from './wanted.ts';

/** Writes leases as fast as the database can, in the order of the calls. */
export type LeaseWriting = {
  put(leases: readonly Lease[]): Promise<void>;
  delete(addresses: readonly string[]): Promise<void>;
  /** Resolves when all changes until now are written or have failed. */
  written(): Promise<void>;
  close(): Promise<void>;
};

/** The store over any database that has the tables of `Database`. `close` destroys `db`. */
export function sqlStore(db: Kysely<Database>, writing: LeaseWriting): Store {
  const verbs = {
    ...phones(db),
    ...progress(db),
    ...findings(db),
    ...ties(db),
    ...sqlBoots(db),
    ...served(db),
    ...rollouts(db),
    ...watched(db),
    ...leases(db, writing),
    ...bindings(db),
    ...restarts(db),
    ...revisions(db),
    ...services(db),
  };
  return closable(verbs, async () => {
    await writing.close();
    await db.destroy();
  });
}

function phones(
  db: Kysely<Database>,
): Pick<
  Store,
  'phonePut' | 'phonesPut' | 'phoneGet' | 'phoneList' | 'phoneDelete' | 'runningPut' | 'wantedPut'
> {
  return {
    phonePut: (phone) => putPhone(db, phone),
    async phonesPut(list) {
      if (list.length === 0) return;
      await db.transaction().execute(async (tx) => {
        for (const phone of list) await putPhone(tx, phone);
      });
    },
    async phoneGet(mac) {
      const row = await db
        .selectFrom('phones')
        .selectAll()
        .where('mac', '=', mac)
        .executeTakeFirst();
      return row && phoneOf(row);
    },
    async phoneList() {
      const rows = await db.selectFrom('phones').selectAll().orderBy('mac').execute();
      return rows.map(phoneOf);
    },
    phoneDelete: (mac) => db.transaction().execute((tx) => deleteAllOf(tx, mac)),
    async runningPut(mac, image) {
      await db.updateTable('phones').set({ running: image }).where('mac', '=', mac).execute();
    },
    wantedPut: (mac, change) =>
      db.transaction().execute(async (tx) => {
        const all = tx.selectFrom('phones').selectAll();
        const row = await all.where('mac', '=', mac).executeTakeFirst();
        if (row) await putPhone(tx, withWanted(phoneOf(row), change));
      }),
  };
}

async function putPhone(db: Kysely<Database>, phone: Phone): Promise<void> {
  const row = phoneRow(phone);
  await db
    .insertInto('phones')
    .values(row)
    .onConflict((conflict) => conflict.column('mac').doUpdateSet(row))
    .execute();
}

async function deleteAllOf(tx: Kysely<Database>, mac: Mac): Promise<boolean> {
  for (const table of ['progress', 'progress_log', 'findings', 'bindings', 'restarts'] as const)
    await tx.deleteFrom(table).where('mac', '=', mac).execute();
  await tx.deleteFrom('ties').where('mac', '=', mac).execute();
  await tx.deleteFrom('boots').where('mac', '=', mac).execute();
  await tx.deleteFrom('served').where('mac', '=', mac).execute();
  await tx.deleteFrom('revisions').where('mac', '=', mac).execute();
  await tx.deleteFrom('watched').where('mac', '=', mac).execute();
  const phone = await tx.deleteFrom('phones').where('mac', '=', mac).executeTakeFirst();
  return phone.numDeletedRows > 0n;
}

function progress(
  db: Kysely<Database>,
): Pick<
  Store,
  'progressPut' | 'progressGet' | 'progressList' | 'progressDelete' | 'progressHistory'
> {
  return {
    async progressPut(value) {
      const row = progressRow(value);
      await db.transaction().execute(async (tx) => {
        await tx
          .insertInto('progress')
          .values(row)
          .onConflict((conflict) => conflict.column('mac').doUpdateSet(row))
          .execute();
        await tx
          .insertInto('progress_log')
          .values(changeRow(changeOf(value)))
          .execute();
      });
    },
    async progressGet(mac) {
      const row = await db
        .selectFrom('progress')
        .selectAll()
        .where('mac', '=', mac)
        .executeTakeFirst();
      return row && progressOf(row);
    },
    async progressList() {
      const rows = await db.selectFrom('progress').selectAll().orderBy('mac').execute();
      return rows.map(progressOf);
    },
    async progressDelete(mac) {
      await db.deleteFrom('progress').where('mac', '=', mac).execute();
    },
    async progressHistory(mac) {
      const rows = await db
        .selectFrom('progress_log')
        .selectAll()
        .where('mac', '=', mac)
        .orderBy('id')
        .execute();
      return rows.map(changeOfRow);
    },
  };
}

function findings(
  db: Kysely<Database>,
): Pick<Store, 'findingPut' | 'findingList' | 'findingDelete'> {
  return {
    async findingPut(finding) {
      const row = findingRow(finding);
      await db
        .insertInto('findings')
        .values(row)
        .onConflict((conflict) => conflict.columns(['mac', 'code']).doUpdateSet(row))
        .execute();
    },
    async findingList(mac) {
      const all = db
        .selectFrom('findings')
        .selectAll()
        .orderBy('at')
        .orderBy('mac')
        .orderBy('code');
      const rows = await (mac === undefined ? all : all.where('mac', '=', mac)).execute();
      return rows.map(findingOf);
    },
    async findingDelete(mac, code) {
      await db.deleteFrom('findings').where('mac', '=', mac).where('code', '=', code).execute();
    },
  };
}

function ties(db: Kysely<Database>): Pick<Store, 'tiePut' | 'tieList'> {
  return {
    async tiePut(tie) {
      const row = tieRow(tie);
      await db
        .insertInto('ties')
        .values(row)
        .onConflict((conflict) => conflict.column('address').doUpdateSet(row))
        .execute();
    },
    async tieList() {
      const rows = await db.selectFrom('ties').selectAll().orderBy('address').execute();
      return rows.map(tieOf);
    },
  };
}

function served(db: Kysely<Database>): Pick<Store, 'servedPut' | 'servedList'> {
  return {
    async servedPut(files) {
      if (files.length === 0) return;
      await db.transaction().execute(async (tx) => {
        for (const file of files) {
          const row = servedRow(file);
          await tx
            .insertInto('served')
            .values(row)
            .onConflict((conflict) => conflict.columns(['mac', 'path']).doUpdateSet(row))
            .execute();
        }
      });
    },
    async servedList(mac) {
      const rows = await db
        .selectFrom('served')
        .selectAll()
        .where('mac', '=', mac)
        .orderBy('path')
        .execute();
      return rows.map(servedOf);
    },
  };
}

function leases(
  db: Kysely<Database>,
  writing: LeaseWriting,
): Pick<Store, 'leasesPut' | 'leaseList' | 'leasesDelete'> {
  return {
    leasesPut: (list) => writing.put(list),
    leasesDelete: (addresses) => writing.delete(addresses),
    async leaseList() {
      await writing.written();
      const rows = await db.selectFrom('leases').selectAll().orderBy('address').execute();
      return rows.map(leaseOf);
    },
  };
}
