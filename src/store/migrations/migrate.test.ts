import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { Kysely } from 'kysely';
import type { Database } from '../schema.ts';
import { sqliteAutoId } from '../sqlite/auto-id.ts';
import { sqliteDialect } from '../sqlite/dialect.ts';
import { storeError } from '../testing/fixtures.ts';
import { allMigrations } from './all-migrations.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migration.ts';

function newDatabase(): Kysely<Database> {
  return new Kysely({ dialect: sqliteDialect(new DatabaseSync(':memory:'), 'memory') });
}

function addsTable(version: number): Migration {
  return {
    version,
    name: `adds table ${version}`,
    up: (db) => db.schema.createTable(`added_${version}`).addColumn('a', 'text').execute(),
  };
}

async function tables(db: Kysely<Database>): Promise<readonly string[]> {
  return (await db.introspection.getTables()).map(({ name }) => name).sort();
}

test('migrations are numbered from 1 upwards', () => {
  const versions = allMigrations.map(({ version }) => version);
  assert.equal(versions[0], 1);
  assert.deepEqual(
    versions,
    [...new Set(versions)].sort((a, b) => a - b),
  );
});

test('the tables after all migrations are those of the schema', async () => {
  const db = newDatabase();
  await migrate(db, sqliteAutoId, 'memory');
  const expected: readonly (keyof Database)[] = [
    ...(['bindings', 'boot_events', 'boots', 'findings', 'leases', 'phones'] as const),
    ...(['progress', 'progress_log', 'requests', 'restarts', 'revisions'] as const),
    ...(['rollout_intents', 'rollout_log', 'rollout_phones', 'rollouts'] as const),
    ...(['schema_version', 'served', 'services', 'ties', 'watched'] as const),
  ];
  assert.deepEqual(await tables(db), expected);
  await db.destroy();
});

test('only what is missing is applied, once', async () => {
  const db = newDatabase();
  await migrate(db, sqliteAutoId, 'memory', [addsTable(1)]);
  await migrate(db, sqliteAutoId, 'memory', [addsTable(1), addsTable(2), addsTable(3)]);
  await migrate(db, sqliteAutoId, 'memory', [addsTable(1), addsTable(2), addsTable(3)]);
  const rows = await db.selectFrom('schema_version').select('version').execute();
  assert.deepEqual(
    rows.map(({ version }) => version),
    [1, 2, 3],
  );
  assert.deepEqual(await tables(db), ['added_1', 'added_2', 'added_3', 'schema_version']);
  await db.destroy();
});

test('a migration that fails leaves the database as it was', async () => {
  const db = newDatabase();
  await migrate(db, sqliteAutoId, 'memory', [addsTable(1)]);
  const fails: Migration = {
    version: 3,
    name: 'fails',
    async up(inner, autoId) {
      await addsTable(3).up(inner, autoId);
      throw new Error('half way');
    },
  };
  const run = () => migrate(db, sqliteAutoId, 'memory', [addsTable(1), addsTable(2), fails]);
  await assert.rejects(run, /half way/);
  assert.deepEqual(await tables(db), ['added_1', 'schema_version']);
  await db.destroy();
});

test('a newer schema is refused with both versions', async () => {
  const db = newDatabase();
  await migrate(db, sqliteAutoId, 'memory', [addsTable(1), addsTable(2)]);
  await assert.rejects(
    migrate(db, sqliteAutoId, 'the file', [addsTable(1)]),
    storeError('newer', 'the file has schema version 2, and this Hookflash knows versions up to 1'),
  );
  await db.destroy();
});
