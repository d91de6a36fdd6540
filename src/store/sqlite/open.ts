import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import type { LeaseDurability } from '../../model/lease.ts';
import type { Store } from '../../model/store.ts';
import { migrate } from '../migrations/migrate.ts';
import type { Database } from '../schema.ts';
import { sqlStore } from '../sql-store.ts';
import { StoreError } from '../store-error.ts';
import { sqliteAutoId } from './auto-id.ts';
import { sqliteDialect } from './dialect.ts';
import { sqliteFault } from './fault.ts';
import { LeaseWriter } from './lease-writer.ts';

/** `HkFl`: tells our files from other programs', https://www.sqlite.org/pragma.html#pragma_application_id */
const applicationId = 0x486b466c;
/** One statement, so that another process that is making the file is seen before or after. */
const readApplication = `
  select application_id as id, (select count(*) from sqlite_schema) as tables
  from pragma_application_id`;

export type SqliteOptions = {
  /** How long a call waits for another process that is writing. */
  readonly busyTimeoutMs?: number;
  /** Of leases alone; `disk` where it is not said. */
  readonly durability?: LeaseDurability;
};

/**
 * Opens or makes the file, and brings its schema up to date. A change is on disk (fsync) when its
 * promise resolves. Throws StoreErrors that name the file.
 */
export async function openSqliteStore(file: string, options: SqliteOptions = {}): Promise<Store> {
  const { busyTimeoutMs = 5000, durability = 'disk' } = options;
  const database = openDatabase(file, busyTimeoutMs);
  const db = new Kysely<Database>({ dialect: sqliteDialect(database, file) });
  try {
    await migrate(db, sqliteAutoId, file);
    return sqlStore(db, new LeaseWriter({ file, busyTimeoutMs, durability }));
  } catch (cause) {
    await db.destroy();
    throw cause;
  }
}

function openDatabase(file: string, busyTimeoutMs: number): DatabaseSync {
  makePrivate(file);
  const database = new DatabaseSync(file, { open: false, timeout: busyTimeoutMs });
  try {
    database.open();
    claim(database, file);
    database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
    // What was stored in plain and is sealed now must not be left in free pages.
    database.exec('pragma secure_delete = on');
    return database;
  } catch (cause) {
    if (database.isOpen) database.close();
    throw sqliteFault(file, cause);
  }
}

/** Phones' passwords are in it, so that a new file is its owner's alone. */
function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError('unavailable', `${file} cannot be opened: ${reason}`, cause);
  }
}

/** Marks a new file as ours; refuses one that another program made. */
function claim(database: DatabaseSync, file: string): void {
  const { id, tables } = database.prepare(readApplication).get() ?? {};
  if (id === applicationId) return;
  if (id !== 0 || tables !== 0)
    throw new StoreError('foreign', `${file} is a SQLite database of another program`);
  database.exec(`pragma application_id = ${applicationId}`);
}
