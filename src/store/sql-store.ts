import type { Kysely } from 'kysely';
import type { Phone } from '../model/phone.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import { closable } from './closable.ts';
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
  requestOf,
  requestRow,
  servedOf,
  servedRow,
  tieOf,
  tieRow,
} from './rows.ts';
import type { Database } from './schema.ts';
import { rollouts } from './sql-rollouts.ts';
import { StoreError } from './store-error.ts';
import { withWanted } from './wanted.ts';

/** Rows in one statement: databases limit the parameters of a statement, SQLite to 32,766. */
const rowsPerStatement = 500;

/** The store over any database that has the tables of `Database`. `close` destroys `db`. */
export function sqlStore(db: Kysely<Database>): Store {
  const verbs = {
    ...phones(db),
    ...progress(db),
    ...findings(db),
    ...ties(db),
    ...boots(db),
    ...requests(db),
    ...served(db),
    ...rollouts(db),
  };
  return closable(verbs, () => db.destroy());
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
  for (const table of ['progress', 'progress_log', 'findings'] as const)
    await tx.deleteFrom(table).where('mac', '=', mac).execute();
  await tx.deleteFrom('ties').where('mac', '=', mac).execute();
  await tx.deleteFrom('boots').where('mac', '=', mac).execute();
  await tx.deleteFrom('served').where('mac', '=', mac).execute();
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

function boots(db: Kysely<Database>): Pick<Store, 'bootStart' | 'bootList'> {
  return {
    async bootStart(mac, at) {
      const { id } = await db
        .insertInto('boots')
        .values({ mac, started_at: at })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },
    async bootList(mac, limit) {
      const rows = await db
        .selectFrom('boots')
        .select(['id', 'mac', 'started_at'])
        .select((boot) => [
          boot
            .selectFrom('requests')
            .whereRef('boot_id', '=', 'boots.id')
            .select(({ fn }) => fn.max('at').as('at'))
            .as('last_at'),
          boot
            .selectFrom('requests')
            .whereRef('boot_id', '=', 'boots.id')
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .as('requests'),
        ])
        .where('mac', '=', mac)
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        mac: row.mac as Mac,
        startedAt: row.started_at,
        lastAt: row.last_at ?? row.started_at,
        requests: row.requests ?? 0,
      }));
    },
  };
}

function requests(db: Kysely<Database>): Pick<Store, 'requestsAppend' | 'requestList'> {
  return {
    async requestsAppend(rows) {
      if (rows.length === 0) return;
      await db.transaction().execute(async (tx) => {
        await needBoots(tx, [...new Set(rows.map(({ bootId }) => bootId))]);
        const values = rows.map(({ bootId, request }) => requestRow(bootId, request));
        for (const some of chunks(values)) await tx.insertInto('requests').values(some).execute();
      });
    },
    async requestList(bootId) {
      const rows = await db
        .selectFrom('requests')
        .selectAll()
        .where('boot_id', '=', bootId)
        .orderBy('id')
        .execute();
      return rows.map(requestOf);
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

async function needBoots(tx: Kysely<Database>, ids: readonly number[]): Promise<void> {
  for (const some of chunks(ids)) {
    const rows = await tx.selectFrom('boots').select('id').where('id', 'in', some).execute();
    const found = new Set(rows.map(({ id }) => id));
    const lost = some.find((id) => !found.has(id));
    if (lost !== undefined)
      throw new StoreError('unknown-boot', `boot ${lost} is not in the store`);
  }
}

function chunks<T>(values: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(values.length / rowsPerStatement);
  return Array.from({ length: count }, (_, index) =>
    values.slice(index * rowsPerStatement, (index + 1) * rowsPerStatement),
  );
}
