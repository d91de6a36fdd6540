import type { Kysely } from 'kysely';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import { eventOf, eventRow, requestOf, requestRow } from './rows.ts';
import type { Database } from './schema.ts';
import { StoreError } from './store-error.ts';
import { together } from './together.ts';

type Verbs =
  | ('bootStart' | 'bootsStart' | 'bootList' | 'bootsPrune' | 'requestsAppend' | 'requestList')
  | ('eventsAppend' | 'eventList' | 'bootNews' | 'newsMark');

/** Rows in one statement: databases limit the parameters of a statement, SQLite to 32,766. */
const rowsPerStatement = 500;

/** Boots with their requests and events. */
export function sqlBoots(db: Kysely<Database>): Pick<Store, Verbs> {
  return { ...boots(db), ...requests(db), ...events(db), ...news(db) };
}

function boots(
  db: Kysely<Database>,
): Pick<Store, 'bootStart' | 'bootsStart' | 'bootList' | 'bootsPrune'> {
  const start = together((rows: readonly BootStart[]) => startBoots(db, rows));
  return {
    bootStart: (mac, at) => start({ mac, at }),
    bootsStart: (rows) => startBoots(db, rows),
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
          boot
            .selectFrom('boot_events')
            .whereRef('boot_id', '=', 'boots.id')
            .select(({ fn }) => fn.max('at').as('at'))
            .as('event_at'),
          boot
            .selectFrom('boot_events')
            .whereRef('boot_id', '=', 'boots.id')
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .as('events'),
        ])
        .where('mac', '=', mac)
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        mac: row.mac as Mac,
        startedAt: row.started_at,
        lastAt: latest(row.last_at, row.event_at) ?? row.started_at,
        requests: row.requests ?? 0,
        events: row.events ?? 0,
      }));
    },
    bootsPrune: (before, most) => prune(db, before, most),
  };
}

type BootStart = { readonly mac: Mac; readonly at: number };

async function startBoots(
  db: Kysely<Database>,
  rows: readonly BootStart[],
): Promise<readonly number[]> {
  if (rows.length === 0) return [];
  return db.transaction().execute(async (tx) => {
    const ids: number[] = [];
    for (const { mac, at } of rows) ids.push(await startBoot(tx, mac, at));
    return ids;
  });
}

async function startBoot(db: Kysely<Database>, mac: Mac, at: number): Promise<number> {
  const { id } = await db
    .insertInto('boots')
    .values({ mac, started_at: at })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

function latest(a: number | null, b: number | null): number | undefined {
  const both = [a, b].filter((at) => at !== null);
  return both.length === 0 ? undefined : Math.max(...both);
}

async function prune(db: Kysely<Database>, before: number, most: number): Promise<number> {
  const old = db
    .selectFrom('boots')
    .select('id')
    .where('started_at', '<', before)
    .where(({ or, exists, not, selectFrom }) =>
      or([
        exists(
          selectFrom('boots as later')
            .select('later.id')
            .whereRef('later.mac', '=', 'boots.mac')
            .whereRef('later.id', '>', 'boots.id'),
        ),
        not(exists(selectFrom('phones').select('mac').whereRef('phones.mac', '=', 'boots.mac'))),
      ]),
    )
    .orderBy('started_at')
    .limit(most);
  const { numDeletedRows } = await db.deleteFrom('boots').where('id', 'in', old).executeTakeFirst();
  return Number(numDeletedRows);
}

function events(db: Kysely<Database>): Pick<Store, 'eventsAppend' | 'eventList'> {
  return {
    async eventsAppend(rows) {
      if (rows.length === 0) return;
      await db.transaction().execute(async (tx) => {
        await needBoots(tx, [...new Set(rows.map(({ bootId }) => bootId))]);
        const values = rows.map(({ bootId, event }) => eventRow(bootId, event));
        for (const some of chunks(values))
          await tx.insertInto('boot_events').values(some).execute();
      });
    },
    async eventList(bootId) {
      const rows = await db
        .selectFrom('boot_events')
        .selectAll()
        .where('boot_id', '=', bootId)
        .orderBy('id')
        .execute();
      return rows.map(eventOf);
    },
  };
}

function news(db: Kysely<Database>): Pick<Store, 'bootNews' | 'newsMark'> {
  return {
    async bootNews(after, limit) {
      const requests = await db
        .selectFrom('requests')
        .innerJoin('boots', 'boots.id', 'requests.boot_id')
        .selectAll('requests')
        .select('boots.mac')
        .where('requests.id', '>', after.request)
        .orderBy('requests.id')
        .limit(limit)
        .execute();
      const happened = await db
        .selectFrom('boot_events')
        .innerJoin('boots', 'boots.id', 'boot_events.boot_id')
        .selectAll('boot_events')
        .select('boots.mac')
        .where('boot_events.id', '>', after.event)
        .orderBy('boot_events.id')
        .limit(limit)
        .execute();
      const of = (row: {
        readonly id: number;
        readonly boot_id: number;
        readonly mac: string;
      }) => ({
        ...{ id: row.id, bootId: row.boot_id, mac: row.mac as Mac },
      });
      return {
        requests: requests.map((row) => ({ ...of(row), request: requestOf(row) })),
        events: happened.map((row) => ({ ...of(row), event: eventOf(row) })),
      };
    },
    async newsMark() {
      const lastOf = async (table: 'requests' | 'boot_events') => {
        const row = await db
          .selectFrom(table)
          .select(({ fn }) => fn.max<number | null>('id').as('id'))
          .executeTakeFirst();
        return row?.id ?? 0;
      };
      return { request: await lastOf('requests'), event: await lastOf('boot_events') };
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
