import type { Insertable, Kysely, Selectable } from 'kysely';
import type { Binding, BindingPath } from '../model/binding.ts';
import type { Restart, RestartKind, RestartState } from '../model/restart.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import type { BindingTable, Database, RestartTable } from './schema.ts';

export function bindings(db: Kysely<Database>): Pick<Store, 'bindingsChange' | 'bindingList'> {
  return {
    async bindingsChange(put, gone) {
      if (put.length === 0 && gone.length === 0) return;
      await db.transaction().execute(async (tx) => {
        for (const each of put) {
          const row = bindingRow(each);
          await tx
            .insertInto('bindings')
            .values(row)
            .onConflict((conflict) => conflict.columns(['user_name', 'contact']).doUpdateSet(row))
            .execute();
        }
        for (const { user, contact } of gone)
          await tx
            .deleteFrom('bindings')
            .where('user_name', '=', user)
            .where('contact', '=', contact)
            .execute();
      });
    },
    async bindingList() {
      const rows = await db
        .selectFrom('bindings')
        .selectAll()
        .orderBy('user_name')
        .orderBy('contact')
        .execute();
      return rows.map(bindingOf);
    },
  };
}

export function restarts(
  db: Kysely<Database>,
): Pick<Store, 'restartPut' | 'restartGet' | 'restartList' | 'restartDelete'> {
  return {
    async restartPut({ mac, askedAt, kind, token, state, text }) {
      const row = { mac, asked_at: askedAt, kind, token, state, text };
      await db
        .insertInto('restarts')
        .values(row)
        .onConflict((conflict) => conflict.column('mac').doUpdateSet(row))
        .execute();
    },
    async restartGet(mac) {
      const row = await db
        .selectFrom('restarts')
        .selectAll()
        .where('mac', '=', mac)
        .executeTakeFirst();
      return row && restartOf(row);
    },
    async restartList() {
      const rows = await db
        .selectFrom('restarts')
        .selectAll()
        .orderBy('asked_at')
        .orderBy('mac')
        .execute();
      return rows.map(restartOf);
    },
    async restartDelete(mac) {
      await db.deleteFrom('restarts').where('mac', '=', mac).execute();
    },
  };
}

function bindingRow(binding: Binding): Insertable<BindingTable> {
  const { user, contact, mac, callId, sequence, q, received, local, userAgent } = binding;
  return {
    ...{ user_name: user, contact, mac, call_id: callId, sequence, ...received },
    q: q === undefined ? null : Math.round(q * 1000),
    registered_at: binding.registeredAt,
    expires_at: binding.expiresAt,
    local: local ?? null,
    user_agent: userAgent ?? null,
  };
}

function bindingOf(row: Selectable<BindingTable>): Binding {
  const { contact, sequence, address, port } = row;
  const transport = row.transport as BindingPath['transport'];
  return {
    ...{ user: row.user_name, contact, mac: row.mac as Mac, callId: row.call_id, sequence },
    ...(row.q === null ? {} : { q: row.q / 1000 }),
    registeredAt: row.registered_at,
    expiresAt: row.expires_at,
    received: { transport, address, port },
    ...(row.local === null ? {} : { local: row.local }),
    ...(row.user_agent === null ? {} : { userAgent: row.user_agent }),
  };
}

function restartOf(row: Selectable<RestartTable>): Restart {
  const { mac, asked_at: askedAt, kind, token, state, text } = row;
  const words = { kind: kind as RestartKind, state: state as RestartState };
  return { mac: mac as Mac, askedAt, token, text, ...words };
}
