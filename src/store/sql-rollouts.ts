import type { Kysely } from 'kysely';
import { isOpen, type RolloutPhone, type RolloutWrite } from '../model/rollout.ts';
import type { Store } from '../model/store.ts';
import {
  intentOf,
  rolloutChangeOf,
  rolloutChangeOfRow,
  rolloutLogRow,
  rolloutOf,
  rolloutPhoneOf,
  rolloutPhoneRow,
  rolloutRow,
} from './rollout-rows.ts';
import type { RolloutVerb } from './rollout-verb.ts';
import type { Database } from './schema.ts';
import { phoneTaken } from './store-error.ts';

export function rollouts(db: Kysely<Database>): Pick<Store, RolloutVerb> {
  return {
    async rolloutList() {
      const rows = await db.selectFrom('rollouts').selectAll().orderBy('name').execute();
      return rows.map(rolloutOf);
    },
    async rolloutGet(name) {
      const all = db.selectFrom('rollouts').selectAll();
      const row = await all.where('name', '=', name).executeTakeFirst();
      return row && rolloutOf(row);
    },
    rolloutWrite: (write) => db.transaction().execute((tx) => writeAll(tx, write)),
    async rolloutPhones(rollout) {
      const all = db.selectFrom('rollout_phones').selectAll().orderBy('mac').orderBy('rollout');
      const some = rollout === undefined ? all : all.where('rollout', '=', rollout);
      return (await some.execute()).map(rolloutPhoneOf);
    },
    async rolloutHistory(rollout, mac) {
      const all = db
        .selectFrom('rollout_log')
        .selectAll()
        .where('rollout', '=', rollout)
        .orderBy('id');
      const rows = await (mac === undefined ? all : all.where('mac', '=', mac)).execute();
      return rows.map(rolloutChangeOfRow);
    },
    rolloutDelete: (name) =>
      db.transaction().execute(async (tx) => {
        for (const table of ['rollout_phones', 'rollout_log', 'rollout_intents'] as const)
          await tx.deleteFrom(table).where('rollout', '=', name).execute();
        const gone = await tx.deleteFrom('rollouts').where('name', '=', name).executeTakeFirst();
        return gone.numDeletedRows > 0n;
      }),
    async intentAdd(rollout, order, at) {
      const { id } = await db
        .insertInto('rollout_intents')
        .values({ rollout, order, at })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },
    async intentList() {
      const rows = await db.selectFrom('rollout_intents').selectAll().orderBy('id').execute();
      return rows.map(intentOf);
    },
  };
}

async function writeAll(
  tx: Kysely<Database>,
  { rollout, phones = [], anew, intents = [] }: RolloutWrite,
): Promise<void> {
  if (rollout) {
    const row = rolloutRow(rollout);
    await tx
      .insertInto('rollouts')
      .values(row)
      .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
      .execute();
    if (anew) await tx.deleteFrom('rollout_phones').where('rollout', '=', rollout.name).execute();
  }
  for (const phone of phones) await putPhone(tx, phone);
  for (const id of intents) await tx.deleteFrom('rollout_intents').where('id', '=', id).execute();
}

async function putPhone(tx: Kysely<Database>, phone: RolloutPhone): Promise<void> {
  if (isOpen(phone)) await needFree(tx, phone);
  const row = rolloutPhoneRow(phone);
  await tx
    .insertInto('rollout_phones')
    .values(row)
    .onConflict((conflict) => conflict.columns(['rollout', 'mac']).doUpdateSet(row))
    .execute();
  await tx
    .insertInto('rollout_log')
    .values(rolloutLogRow(rolloutChangeOf(phone)))
    .execute();
}

/** Transactions that write wait for each other, so that nobody takes it in between. */
async function needFree(tx: Kysely<Database>, { mac, rollout }: RolloutPhone): Promise<void> {
  const other = await tx
    .selectFrom('rollout_phones')
    .select('rollout')
    .where('mac', '=', mac)
    .where('open', '=', 1)
    .where('rollout', '!=', rollout)
    .executeTakeFirst();
  if (other) throw phoneTaken(mac, other.rollout);
}
