import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';
import { StoreError } from '../store-error.ts';
import { allMigrations } from './all-migrations.ts';
import type { AutoId, Migration } from './migration.ts';

/**
 * Brings a database up to date, all migrations or none. `where` names the database in errors.
 * Throws a StoreError `newer`, and changes nothing, when a later Hookflash has written it.
 */
export async function migrate(
  db: Kysely<Database>,
  autoId: AutoId,
  where: string,
  migrations: readonly Migration[] = allMigrations,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const found = await schemaVersion(tx);
    const known = migrations.at(-1)?.version ?? 0;
    if (found > known)
      throw new StoreError(
        'newer',
        `${where} has schema version ${found}, and this Hookflash knows versions up to ${known}: use the Hookflash that wrote it, or a later one`,
      );
    for (const migration of migrations.filter(({ version }) => version > found)) {
      await migration.up(tx as unknown as Kysely<unknown>, autoId);
      const { version, name } = migration;
      await tx.insertInto('schema_version').values({ version, name }).execute();
    }
  });
}

/** 0 for a new database. */
async function schemaVersion(tx: Kysely<Database>): Promise<number> {
  await tx.schema
    .createTable('schema_version')
    .ifNotExists()
    .addColumn('version', 'integer', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .execute();
  const { version } = await tx
    .selectFrom('schema_version')
    .select(({ fn }) => fn.max<number | null>('version').as('version'))
    .executeTakeFirstOrThrow();
  return version ?? 0;
}
