import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { leaseColumns } from '../lease-rows.ts';
import { StoreError } from '../store-error.ts';
import { sqliteFault } from './fault.ts';
import type { LeaseChange, LeaseOutcome, LeaseWorkerData } from './lease-messages.ts';

type Statements = { readonly put: StatementSync; readonly delete: StatementSync };

/** Writes leases in the order in which the changes come, each in a transaction of its own. */
function serve({ file, busyTimeoutMs, durability }: LeaseWorkerData): void {
  const database = new DatabaseSync(file, { timeout: busyTimeoutMs });
  const synchronous = durability === 'disk' ? 'full' : 'normal';
  database.exec(`pragma synchronous = ${synchronous}`);
  const places = leaseColumns.map(() => '?').join(', ');
  const statements = {
    put: database.prepare(
      `insert or replace into leases (${leaseColumns.join(', ')}) values (${places})`,
    ),
    delete: database.prepare('delete from leases where address = ?'),
  };
  parentPort?.on('message', (change: LeaseChange) => {
    if (change.kind === 'close') {
      database.close();
      parentPort?.close();
      return;
    }
    const outcome: LeaseOutcome = outcomeOf(file, () => write(database, statements, change));
    parentPort?.postMessage(outcome);
  });
}

function write(
  database: DatabaseSync,
  statements: Statements,
  change: Exclude<LeaseChange, { kind: 'close' }>,
): void {
  database.exec('begin immediate');
  try {
    if (change.kind === 'put') for (const row of change.rows) statements.put.run(...row);
    else for (const address of change.addresses) statements.delete.run(address);
    database.exec('commit');
  } catch (error) {
    // SQLite itself rolls back when the disk is full.
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}

function outcomeOf(file: string, work: () => void): LeaseOutcome {
  try {
    work();
    return {};
  } catch (cause) {
    const { code, message: text } = storeFault(file, sqliteFault(file, cause));
    return { fault: { code, text } };
  }
}

/** What is no fault of SQLite has no text of its own for people. */
function storeFault(file: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return new StoreError('unavailable', `${file} cannot be written: ${text}`);
}

serve(workerData as LeaseWorkerData);
