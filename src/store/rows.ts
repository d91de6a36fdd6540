import type { Insertable, Selectable } from 'kysely';
import type {
  BootEvent,
  BootRequest,
  FileSource,
  Protocol,
  RequestOutcome,
} from '../model/boot.ts';
import type { PhoneFinding, Severity } from '../model/finding.ts';
import type { Phone } from '../model/phone.ts';
import type { UpgradeStep } from '../model/plan.ts';
import type { Progress, ProgressChange, ProgressState } from '../model/progress.ts';
import type { ServedFile } from '../model/served.ts';
import type { AddressTie } from '../model/store.ts';
import type { Watched } from '../model/watched.ts';
import type { Mac } from '../wire/mac.ts';
import type {
  BootEventTable,
  FindingTable,
  PhoneTable,
  ProgressLogTable,
  ProgressTable,
  RequestTable,
  ServedTable,
  TieTable,
  WatchedTable,
} from './schema.ts';
import { StoreError } from './store-error.ts';

export function phoneRow(phone: Phone): Insertable<PhoneTable> {
  return {
    mac: phone.mac,
    family: phone.family,
    model: phone.model,
    image: phone.image ?? null,
    running: phone.running ?? null,
    labels: JSON.stringify(phone.labels),
    settings: JSON.stringify(phone.settings),
  };
}

export function phoneOf(row: Selectable<PhoneTable>): Phone {
  return {
    mac: row.mac as Mac,
    family: row.family,
    model: row.model,
    ...(row.image === null ? {} : { image: row.image }),
    ...(row.running === null ? {} : { running: row.running }),
    labels: readJson<Phone['labels']>(row.labels, `labels of phone ${row.mac}`),
    settings: readJson<Phone['settings']>(row.settings, `settings of phone ${row.mac}`),
  };
}

export function progressRow(progress: Progress): Insertable<ProgressTable> {
  return {
    mac: progress.mac,
    from_image: progress.from,
    because: progress.because,
    target: progress.target,
    steps: JSON.stringify(progress.steps),
    step: progress.step,
    state: progress.state,
    attempts: progress.attempts,
    reason: progress.reason,
    updated_at: progress.updatedAt,
    refused: progress.refused ? JSON.stringify(progress.refused) : null,
  };
}

export function progressOf(row: Selectable<ProgressTable>): Progress {
  return {
    mac: row.mac as Mac,
    from: row.from_image,
    because: row.because,
    target: row.target,
    steps: readJson<readonly UpgradeStep[]>(row.steps, `steps of phone ${row.mac}`),
    step: row.step,
    state: row.state as ProgressState,
    attempts: row.attempts,
    reason: row.reason,
    ...(row.refused === null
      ? {}
      : { refused: readJson<readonly string[]>(row.refused, `refusals of phone ${row.mac}`) }),
    updatedAt: row.updated_at,
  };
}

/** The history's line of a progress. */
export function changeOf(progress: Progress): ProgressChange {
  const { mac, from, target, step, state, attempts, reason, updatedAt } = progress;
  const hops = progress.steps.map(({ image }) => image);
  return { mac, at: updatedAt, from, target, hops, step, state, attempts, reason };
}

export function changeRow(change: ProgressChange): Insertable<ProgressLogTable> {
  const { from, hops, ...rest } = change;
  return { ...rest, from_image: from, hops: JSON.stringify(hops) };
}

export function changeOfRow(row: Selectable<ProgressLogTable>): ProgressChange {
  const { at, target, step, attempts, reason } = row;
  const hops = readJson<readonly string[]>(row.hops, `hops of phone ${row.mac}`);
  const rest = { at, target, hops, step, attempts, reason };
  return { mac: row.mac as Mac, from: row.from_image, state: row.state as ProgressState, ...rest };
}

export function findingRow(finding: PhoneFinding): Insertable<FindingTable> {
  const { mac, code, at, severity, text, consequence = null, cure = null } = finding;
  return { mac, code, at, severity, text, consequence, cure };
}

export function findingOf(row: Selectable<FindingTable>): PhoneFinding {
  const { code, at, text, consequence, cure } = row;
  return {
    ...{ mac: row.mac as Mac, code, at, severity: row.severity as Severity, text },
    ...(consequence === null ? {} : { consequence }),
    ...(cure === null ? {} : { cure }),
  };
}

export function tieRow(tie: AddressTie): Insertable<TieTable> {
  return { address: tie.address, mac: tie.mac, seen_at: tie.seenAt };
}

export function tieOf(row: Selectable<TieTable>): AddressTie {
  return { address: row.address, mac: row.mac as Mac, seenAt: row.seen_at };
}

export function requestRow(bootId: number, request: BootRequest): Insertable<RequestTable> {
  return {
    boot_id: bootId,
    at: request.at,
    protocol: request.protocol,
    address: request.address,
    port: request.port,
    path: request.path,
    outcome: request.outcome,
    bytes: request.bytes,
    retries: request.retries,
    source: request.source ?? null,
    tie: request.tie,
  };
}

export function requestOf(row: Selectable<RequestTable>): BootRequest {
  return {
    at: row.at,
    protocol: row.protocol as Protocol,
    address: row.address,
    port: row.port,
    path: row.path,
    outcome: row.outcome as RequestOutcome,
    bytes: row.bytes,
    retries: row.retries,
    ...(row.source === null ? {} : { source: row.source as FileSource }),
    tie: row.tie,
  };
}

export function eventRow(bootId: number, event: BootEvent): Insertable<BootEventTable> {
  const { at, protocol, address = null, happening } = event;
  return { boot_id: bootId, at, protocol, address, happening: JSON.stringify(happening) };
}

export function eventOf(row: Selectable<BootEventTable>): BootEvent {
  return {
    ...{ at: row.at, protocol: row.protocol as Protocol },
    ...(row.address === null ? {} : { address: row.address }),
    happening: readJson<BootEvent['happening']>(row.happening, `events of boot ${row.boot_id}`),
  };
}

export function servedRow(file: ServedFile): Insertable<ServedTable> {
  const { mac, path, at, source, size, sha256 } = file;
  return { mac, path, at, source, size, sha256, text: file.text ?? null };
}

export function servedOf(row: Selectable<ServedTable>): ServedFile {
  const { path, at, size, sha256, text } = row;
  const mac = row.mac as Mac;
  const source = row.source as FileSource;
  return { mac, path, at, source, size, sha256, ...(text === null ? {} : { text }) };
}

export function watchedRow({
  mac,
  family,
  form,
  state,
  bootId,
}: Watched): Insertable<WatchedTable> {
  return { mac, family, form, state: JSON.stringify(state), boot_id: bootId ?? null };
}

export function watchedOf({
  mac,
  family,
  form,
  state,
  boot_id,
}: Selectable<WatchedTable>): Watched {
  const known = { mac: mac as Mac, family, form, state: readJson<unknown>(state, 'watch states') };
  return boot_id === null ? known : { ...known, bootId: boot_id };
}

/** Only what this program wrote is read, so the type is taken on trust; the syntax is not. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function readJson<T>(text: string, what: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new StoreError('unreadable', `the ${what} in the database are not JSON`, cause);
  }
}
