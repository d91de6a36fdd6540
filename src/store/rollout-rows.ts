import type { Insertable, Selectable } from 'kysely';
import {
  isOpen,
  type FailureCause,
  type Rollout,
  type RolloutIntent,
  type RolloutOrder,
  type RolloutPhone,
  type RolloutPhoneChange,
  type RolloutPhoneState,
} from '../model/rollout.ts';
import type { Mac } from '../wire/mac.ts';
import { readJson } from './rows.ts';
import type {
  RolloutIntentTable,
  RolloutLogTable,
  RolloutPhoneTable,
  RolloutTable,
} from './schema.ts';

export function rolloutRow(rollout: Rollout): Insertable<RolloutTable> {
  return { name: rollout.name, state: rollout.state, rollout: JSON.stringify(rollout) };
}

export function rolloutOf(row: Selectable<RolloutTable>): Rollout {
  return readJson<Rollout>(row.rollout, `words of rollout ${row.name}`);
}

export function rolloutPhoneRow(phone: RolloutPhone): Insertable<RolloutPhoneTable> {
  const { rollout, mac, state } = phone;
  return { rollout, mac, state, open: isOpen(phone) ? 1 : 0, phone: JSON.stringify(phone) };
}

export function rolloutPhoneOf(row: Selectable<RolloutPhoneTable>): RolloutPhone {
  return readJson<RolloutPhone>(row.phone, `state of phone ${row.mac} in ${row.rollout}`);
}

/** The history's line of a phone in a rollout. */
export function rolloutChangeOf(phone: RolloutPhone): RolloutPhoneChange {
  const { rollout, mac, since: at, state, reason, cause, hop, hops, asked } = phone;
  const rest = { at, state, reason, hop, hops, asked };
  return { rollout, mac, ...rest, ...(cause !== undefined && { cause }) };
}

export function rolloutLogRow(change: RolloutPhoneChange): Insertable<RolloutLogTable> {
  return { ...change, cause: change.cause ?? null };
}

export function rolloutChangeOfRow(row: Selectable<RolloutLogTable>): RolloutPhoneChange {
  const { rollout, at, reason, hop, hops, asked, cause } = row;
  const state = row.state as RolloutPhoneState;
  const rest = { at, state, reason, hop, hops, asked };
  return {
    ...{ rollout, mac: row.mac as Mac, ...rest },
    ...(cause !== null && { cause: cause as FailureCause }),
  };
}

export function intentOf(row: Selectable<RolloutIntentTable>): RolloutIntent {
  const { id, rollout, at } = row;
  return { id, rollout, at, order: row.order as RolloutOrder };
}
