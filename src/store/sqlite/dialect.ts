import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { CompiledQuery, SqliteAdapter, SqliteDriver, SqliteIntrospector } from 'kysely';
import { SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, Dialect, SqliteDatabase, SqliteStatement } from 'kysely';
import { sqliteFault } from './fault.ts';

/** Kysely over node:sqlite. Errors of the database are StoreErrors that name the file. */
export function sqliteDialect(database: DatabaseSync, file: string): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new NodeSqliteDriver(database, file),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class NodeSqliteDriver extends SqliteDriver {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync, file: string) {
    super({ database: asKyselyExpects(database, file) });
    this.#database = database;
  }

  // A deferred transaction that reads before it writes fails at once, without waiting, when another
  // process has written in between: https://www.sqlite.org/isolation.html
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  // SQLite itself rolls back when the disk is full; a second rollback would hide the cause.
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isTransaction) await super.rollbackTransaction(connection);
  }
}

/** node:sqlite with the interface of better-sqlite3, which Kysely was written for. */
function asKyselyExpects(database: DatabaseSync, file: string): SqliteDatabase {
  const naming = <T>(call: () => T): T => {
    try {
      return call();
    } catch (cause) {
      throw sqliteFault(file, cause);
    }
  };
  const statement = (prepared: StatementSync): SqliteStatement => ({
    reader: prepared.columns().length > 0,
    all: (parameters) => naming(() => prepared.all(...values(parameters))),
    run: (parameters) => naming(() => prepared.run(...values(parameters))),
    iterate: (parameters) => prepared.iterate(...values(parameters)),
  });
  return {
    close: () => database.close(),
    prepare: (sql) => naming(() => statement(database.prepare(sql))),
  };
}

function values(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters as SQLInputValue[];
}
