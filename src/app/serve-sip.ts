import { randomBytes } from 'node:crypto';
import { createNonces } from '../codec/sip/nonces.ts';
import { usualTiming, type SipTiming } from '../codec/sip/transaction-machine.ts';
import type { Binding } from '../model/binding.ts';
import type { Listen } from '../config.ts';
import type { ProvisionEvent } from '../core/asking.ts';
import type { Clock } from '../core/clock.ts';
import type { AddressSources } from '../core/identify.ts';
import type { Provisioner } from '../core/provision.ts';
import { createBindingTable, type BindingTable } from '../core/sip/binding-table.ts';
import { createBindingWriter, type BindingWriter } from '../core/sip/binding-writer.ts';
import { createRegistrarService } from '../core/sip/registrar-service.ts';
import { registrarTimes } from '../core/sip/registrar.ts';
import { families } from '../families/index.ts';
import type { RateLimit } from '../servers/rate-limit.ts';
import { startSipServer, type SipServer } from '../servers/sip/server.ts';
import type { RolloutSignalling } from './serve-rollouts.ts';
import { repeat } from './repeat.ts';
import { openKnownLines } from './sip/known-lines.ts';
import { isOwnHost } from './sip/own-hosts.ts';
import { openRegisterReports } from './sip/register-reports.ts';
import { sipSignalling } from './sip/rollout-signalling.ts';
import { takeUpRestarts } from './sip/sip-restarts.ts';
import type { OpenWorkspace } from './workspace.ts';

export type ServeSipParts = {
  readonly workspace: OpenWorkspace;
  readonly listen: Listen;
  readonly clock: Clock;
  readonly limit: RateLimit;
  readonly onEvent: (event: ProvisionEvent) => void;
};

export type OpenedSip = {
  /** Whose an address is, by the registrations. */
  readonly sources: Required<Pick<AddressSources, 'registered'>>;
  /** How rollouts reach the phones. */
  readonly signalling: RolloutSignalling;
  /** Begins to answer. */
  start(provisioner: Provisioner, sources: AddressSources): Promise<ServedSip>;
};

export type ServedSip = {
  readonly name: string;
  /** `HOST:PORT`, or several of them. */
  readonly where: string;
  stop(): Promise<void>;
};

/** As short as T1 gets, in milliseconds: answers of virtual phones take real time. */
const shortestT1 = 50;

/**
 * RFC 3261 section 17.1.1.1: T1 is longer where the way to the phones is; on a network of its own it
 * may be shorter.
 */
function patientTiming(patience: number): SipTiming {
  const { t1, t2, t4 } = usualTiming;
  const least = Math.max(patience, shortestT1 / t1);
  return { t1: t1 * least, t2: t2 * least, t4: t4 * Math.max(1, patience) };
}

/** Milliseconds between two looks for registrations that have run out. */
const purges = 10_000;
/** Milliseconds in which a challenge can be answered. */
const nonceLasts = 5 * 60 * 1000;

/** Reads the registrations. */
export async function openSip(parts: ServeSipParts): Promise<OpenedSip> {
  const { workspace, clock } = parts;
  const { store, layersFor } = workspace;
  const table = createBindingTable(await store.bindingList(), provesPhone);
  let running: SipServer | undefined;
  const sender = () => running;
  return {
    sources: { registered: (address, now) => table.registered(address, now) },
    signalling: sipSignalling({ store, families, layersFor, clock, table, sender }),
    async start(provisioner, sources) {
      const { server, ...served } = await startSip(parts, table, provisioner, sources);
      running = server;
      return served;
    },
  };
}

/** Who logs in at a phone has a line of their own, whatever phone the inventory gives it to. */
function provesPhone({ userAgent }: Binding): boolean {
  if (userAgent === undefined) return true;
  const said = { userAgent, contact: new Map<string, string>(), reasons: [] };
  return !families.some(
    ({ sip }) => sip?.usersLogIn === true && sip.traces(said).model !== undefined,
  );
}

async function startSip(
  parts: ServeSipParts,
  table: BindingTable,
  provisioner: Provisioner,
  sources: AddressSources,
): Promise<ServedSip & { readonly server: SipServer }> {
  const { workspace, listen, clock, limit, onEvent } = parts;
  const { store, config, layersFor } = workspace;
  const onProblem = (error: unknown) => onEvent({ kind: 'problem', error });
  const writer = createBindingWriter(store, (task) => void setImmediate(task));
  const reports = await openRegisterReports({ store, clock, provisioner, onEvent });
  const linesOf = openKnownLines({ store, families, layersFor, uptime: () => performance.now() });
  const holderOf = (address: string) =>
    sources.leaseHolder?.(address, clock.now()) ?? sources.neighbour(address);
  const service = createRegistrarService({
    ...{ table, writer, linesOf, holderOf, times: registrarTimes },
    nonces: createNonces({
      ...{ secret: randomBytes(32), lifetimeMs: nonceLasts, now: () => clock.now() },
      newSalt: () => randomBytes(8).toString('hex'),
    }),
    isOwnServer: (host) => isOwnHost(host, [config.address, listen.host]),
    now: () => clock.now(),
    onNews: (news) => reports.tell(news),
  });
  const server: SipServer = await startSipServer({
    ...{ ...listen, handler: service, limit, now: () => clock.now() },
    timing: patientTiming(config.patience ?? 1),
    newToken: () => randomBytes(8).toString('hex'),
    onProblem: ({ text }) => onProblem(new Error(text)),
  });
  const stopPurging = startPurging(table, writer, parts);
  const stopRestarts = takeUpRestarts({
    ...{ store, families, layersFor, clock, sender: server, onEvent },
  });
  return {
    server,
    name: 'sip',
    where: server.addresses.map(({ address, port }) => `${address}:${port}`).join(' '),
    async stop() {
      stopPurging();
      stopRestarts();
      await server.stop();
      await writer.idle();
      await reports.idle();
    },
  };
}

/** Registrations that ran out go, and those who watch hear of it. */
function startPurging(
  table: BindingTable,
  writer: BindingWriter,
  { clock, onEvent }: ServeSipParts,
): () => void {
  async function purge(): Promise<void> {
    const at = clock.now();
    const gone = table.runOut(at);
    table.change([], gone);
    for (const { mac, user, received } of gone)
      onEvent({
        ...{ kind: 'registration', at, mac, user },
        ...{ address: received.address, outcome: 'expired' },
      });
    await writer.write({ put: [], gone });
  }

  return repeat(clock, purges, purge, (error) => onEvent({ kind: 'problem', error }));
}
