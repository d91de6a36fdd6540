import type { DhcpListen, Listen } from '../config.ts';
import type { ProvisionEvent } from '../core/asking.ts';
import type { Clock } from '../core/clock.ts';
import { createLeaseTable, type LeaseTable } from '../core/dhcp/lease-table.ts';
import type { AddressSources } from '../core/identify.ts';
import type { Provisioner } from '../core/provision.ts';
import { createLeaseWriter } from '../core/dhcp/lease-writer.ts';
import { createSeldom } from '../core/dhcp/seldom.ts';
import { createDhcpService } from '../core/dhcp/service.ts';
import { AppError } from '../errors.ts';
import { families } from '../families/index.ts';
import type { DhcpSettings } from '../model/dhcp-settings.ts';
import { withoutAddresses } from '../model/address-ranges.ts';
import { ipv4Number } from '../wire/ipv4.ts';
import type { HandedSocket } from '../servers/dhcp/handed-sockets.ts';
import { DhcpListenError } from '../servers/dhcp/listen-error.ts';
import { startDhcpServer, type DhcpServer } from '../servers/dhcp/server.ts';
import { isIPv4 } from '../wire/ipv4.ts';
import { openDhcpNews } from './dhcp/dhcp-news.ts';
import { dhcpTimeline } from './dhcp/dhcp-timeline.ts';
import { openKnownPhones } from './dhcp/known-phones.ts';
import { missingNetwork } from './dhcp/missing-network.ts';
import { ownAddresses, readAddresses } from './dhcp/own-addresses.ts';
import { createPing } from './dhcp/ping.ts';
import { startProbing } from './dhcp/probing.ts';
import { repeat } from './repeat.ts';
import { phoneServers } from './unistim/phone-servers.ts';
import type { OpenWorkspace } from './workspace.ts';

export type ServeDhcpParts = {
  readonly workspace: OpenWorkspace;
  readonly listen: DhcpListen;
  /** Where the UNIStim service listens, if it runs. */
  readonly unistim?: Listen | undefined;
  readonly clock: Clock;
  /** Sockets that systemd handed over. */
  readonly handed: readonly HandedSocket[];
  readonly onEvent: (event: ProvisionEvent) => void;
};

export type OpenedDhcp = {
  /** Whose an address is, by the leases. */
  readonly sources: Required<Pick<AddressSources, 'leaseHolder' | 'switchPort'>>;
  /**
   * Begins to answer; `tell` takes what phones asked and were answered. Throws an AppError where
   * nothing can be served.
   */
  start(tell: Provisioner['event']): Promise<ServedDhcp>;
};

export type ServedDhcp = { readonly where: string; stop(): Promise<void> };

/** Milliseconds that an offer is held: clients wait up to ten seconds for others before they choose. */
const offerLasts = 30_000;
/** Milliseconds in which leases gather for one transaction: no phone notices, and the disk does. */
const gathersFor = 2;
const setAsideLasts = 60 * 60 * 1000;
const forgetsEvery = 60 * 60 * 1000;

/** Reads the leases. Throws an AppError where no network is said. */
export async function openDhcp(parts: ServeDhcpParts): Promise<OpenedDhcp> {
  const { config, store } = parts.workspace;
  if (!config.dhcp || config.dhcp.networks.length === 0) throw missingNetwork(parts.listen);
  const settings = withoutOwn(config.dhcp);
  const table = createLeaseTable(settings.networks, await store.leaseList());
  const leaseNow = (address: string, now: number) => {
    const lease = table.leaseOf(ipv4Number(address));
    return lease?.state === 'bound' && lease.expiresAt > now ? lease : undefined;
  };
  return {
    sources: {
      leaseHolder: (address, now) => leaseNow(address, now)?.mac,
      switchPort: (address, now) => leaseNow(address, now)?.relayInformation,
    },
    start: (tell) => startDhcp(parts, { settings, table, tell }),
  };
}

type Opening = {
  readonly settings: DhcpSettings;
  readonly table: LeaseTable;
  readonly tell: Provisioner['event'];
};

/** Joins sockets, leases, settings and phones. */
async function startDhcp(
  parts: ServeDhcpParts,
  { settings, table, tell }: Opening,
): Promise<ServedDhcp> {
  const { workspace, listen, clock, handed, onEvent } = parts;
  const { config, store } = workspace;
  const own = ownAddresses(() => clock.now());
  const onProblem = (error: unknown) => onEvent({ kind: 'problem', error });
  const phones = await openKnownPhones(store, families, clock, onProblem, () =>
    phoneServers(workspace, parts.unistim),
  );
  const writer = createLeaseWriter(store, (task) => void setTimeout(task, gathersFor));
  // A name has no place in option 150, which phones look at first.
  const tftp = isIPv4(config.address ?? '') ? [config.address ?? ''] : undefined;
  let server: DhcpServer | undefined = undefined;
  const given = () => settings.given.tftp ?? tftp ?? (server ? [server.address] : []);
  const { mode } = settings;
  const news = await openDhcpNews({ store, clock, phones, mode, tftp: given, onEvent });
  const service = createDhcpService({
    ...{ settings, writer, tftp, offerLasts, setAsideLasts, onProblem },
    table,
    whoIs: phones.whoIs,
    isOwn: (address) => own.has(address),
    clocks: { now: () => clock.now(), uptime: () => performance.now() },
    ...(settings.ping && { inUse: createPing(seldomTold(clock, onProblem)) }),
    onEvent: news.happened,
    onDecision: news.decided,
    onAnswer: dhcpTimeline(phones, clock, tell),
  });
  const stopParts = async () => {
    await writer.idle();
    phones.stop();
    await news.idle();
  };
  try {
    server = await startDhcpServer({
      ...{ listen, handed, handler: service.handle, now: () => clock.now() },
      onProblem: ({ text }) => onProblem(new Error(text)),
    });
  } catch (error) {
    await stopParts();
    throw error instanceof DhcpListenError ? listenProblem(error) : error;
  }
  const [phoneClass] = families.flatMap(({ dhcp }) => dhcp.vendorClasses);
  const isOnWire = server.interfaceName !== undefined && server.port === 67;
  const callOffs = [
    repeat(clock, forgetsEvery, () => service.forgetOld(), onProblem),
    ...(isOnWire ? [startProbing(server, phoneClass, clock, onProblem)] : []),
  ];
  return {
    where: `${server.address}:${server.port}`,
    async stop() {
      for (const callOff of callOffs) callOff();
      await server.stop();
      await stopParts();
    },
  };
}

/** This machine's addresses are never handed out. */
function withoutOwn(settings: DhcpSettings): DhcpSettings {
  const addresses = [...readAddresses()];
  const networks = settings.networks.map((network) => {
    return { ...network, pools: withoutAddresses(network.pools, addresses) };
  });
  return { ...settings, networks };
}

/** What is wrong with every address in the same way is told once an hour. */
function seldomTold(clock: Clock, onProblem: (error: unknown) => void): (error: Error) => void {
  const isNew = createSeldom(forgetsEvery);
  return (error) => {
    if (isNew(error.message, clock.now())) onProblem(error);
  };
}

function listenProblem({ message }: DhcpListenError): AppError {
  return new AppError('not-possible', message);
}
