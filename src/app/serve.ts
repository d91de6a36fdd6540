import type { ServeFlags, Serving } from '../cli/operations.ts';
import { parseDhcpListen, parseListen } from '../config.ts';
import type { DhcpListen, Listen, WorkspaceConfig } from '../config.ts';
import type { ProvisionEvent, ServerFindingEvent, TimeEvent } from '../core/asking.ts';
import type { Clock } from '../core/clock.ts';
import { createIdentifier, type Identifier } from '../core/identify.ts';
import { createRetention, retentionDefaults } from '../core/retention.ts';
import { createProvisioner, type Provisioner } from '../core/provision.ts';
import { AppError } from '../errors.ts';
import { families } from '../families/index.ts';
import type { FileHandler } from '../servers/file.ts';
import { startHttpFileServer, type HttpFileServerOptions } from '../servers/http/server.ts';
import { defaultRateLimit, type RateLimit } from '../servers/rate-limit.ts';
import { startTftpServer, type TftpServerOptions } from '../servers/tftp/server.ts';
import type { HandedSocket } from '../servers/dhcp/handed-sockets.ts';
import type { OpenedDhcp, ServeDhcpParts } from './serve-dhcp.ts';
import { openRollouts, type RolloutSignalling } from './serve-rollouts.ts';
import type { OpenedSip, ServeSipParts } from './serve-sip.ts';
import { startSntp } from './serve-sntp.ts';
import type { ServedUnistim, ServeUnistimParts } from './serve-unistim.ts';
import { createTimeTimeline, type TimeTimeline } from './time-timeline.ts';
import { addressSources, trustProblems, type ServerSources } from './trust.ts';
import type { OpenWorkspace } from './workspace.ts';

/** An address stays with the phone that last proved it for a day, a usual lease. */
const tieLasts = 24 * 60 * 60 * 1000;

/** Starts what the flags and the workspace file name. `servers` know of addresses, too. */
export async function serveWorkspace(
  workspace: OpenWorkspace,
  flags: ServeFlags,
  clock: Clock,
  onEvent: (event: ProvisionEvent) => void,
  handed: readonly HandedSocket[] = [],
): Promise<Serving> {
  const { config, store } = workspace;
  const onProblem = (error: unknown) => onEvent({ kind: 'problem', error });
  const wanted = wantedServers(config, flags);
  let sessions: Pick<ServedUnistim, 'reset'> | undefined;
  const signalling = () => signallingBy(sip?.signalling, sessions);
  const rollouts = openRollouts({ workspace, clock, onEvent, signalling });
  const { tell } = rollouts;
  const dhcp =
    wanted.dhcp &&
    (await openedDhcp({ workspace, clock, onEvent: tell, listen: wanted.dhcp, handed }));
  const rateLimit = rateLimitOf(config);
  const sip =
    wanted.sip &&
    (await openedSip({ workspace, clock, onEvent: tell, listen: wanted.sip, limit: rateLimit }));
  const known: ServerSources = { ...dhcp?.sources, ...sip?.sources };
  for (const text of await trustProblems(workspace, known, hostsOf(wanted)))
    onProblem(new Error(text));
  const sources = addressSources(config, clock, known);
  const ties = await store.tieList();
  const identifier = createIdentifier({ ...sources, families, ties, tieLasts });
  const provisioner = provisionerOf(workspace, clock, tell, identifier);
  await provisioner.resume();
  const retention = startRetention(workspace, clock, onProblem);
  const onText = ({ text }: { readonly text: string }) => onProblem(new Error(text));
  const handler = fileHandler(provisioner);
  const shared = { handler, now: () => clock.now(), onProblem: onText };
  const isKnown = (address: string) =>
    (sources.leaseHolder?.(address, clock.now()) ?? sources.neighbour(address)) !== undefined;
  const workers = flags.workers ?? config.workers ?? 1;
  const happened = provisioner.event;
  const times = createTimeTimeline({ store, clock, identifier, tell: happened, onProblem });
  const sntpParts = { ...shared, config, limit: rateLimit, onEvent: alsoTo(times, onEvent) };
  const running: Running[] = [];
  const stop = async () => {
    retention.stop();
    await rollouts.stop();
    await Promise.all(running.map((server) => server.stop()));
    await times.idle();
    await provisioner.flush();
  };
  try {
    const { tftp, files, sntp } = wanted;
    if (tftp) running.push(await startTftp({ ...shared, ...tftp, workers, rateLimit, isKnown }));
    if (files) running.push(await startFiles({ ...shared, ...files, rateLimit }));
    if (sntp) running.push(await orListenProblem(startSntp(sntp, sntpParts), sntp));
    if (sip) running.push(await sip.start(provisioner, sources));
    const ofSessions = { workspace, clock, provisioner, files: handler, onEvent: tell };
    sessions = await startUnistim({ ...ofSessions, limit: rateLimit }, wanted, running);
    if (dhcp) running.push(await dhcp.start(happened));
    await rollouts.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return { listen: Object.fromEntries(running.map(({ name, where }) => [name, where])), stop };
}

/** Times that were asked for stand in phones' boots as well. */
function alsoTo(times: TimeTimeline, onEvent: (event: ProvisionEvent) => void) {
  return (event: ServerFindingEvent | TimeEvent) => {
    onEvent(event);
    if (event.kind === 'time') times.add(event);
  };
}

/** A flag goes before the workspace file. */
function wantedServers({ servers }: WorkspaceConfig, flags: ServeFlags) {
  return {
    tftp: flags.tftp === undefined ? servers.tftp : parseListen('--tftp', flags.tftp),
    sntp: flags.sntp === undefined ? servers.sntp : parseListen('--sntp', flags.sntp),
    files: flags.files === undefined ? servers.files : parseListen('--files', flags.files),
    sip: flags.sip === undefined ? servers.sip : parseListen('--sip', flags.sip),
    unistim:
      flags.unistim === undefined ? servers.unistim : parseListen('--unistim', flags.unistim),
    uftp: flags.uftp === undefined ? servers.uftp : parseListen('--uftp', flags.uftp),
    dhcp: flags.dhcp === undefined ? servers.dhcp : parseDhcpListen('--dhcp', flags.dhcp),
  };
}

function startRetention(
  { store, config }: OpenWorkspace,
  clock: Clock,
  onProblem: (error: unknown) => void,
): ReturnType<typeof createRetention> {
  const { keep_boots: keepMs = retentionDefaults.keepMs } = config;
  const retention = createRetention(store, clock, { ...retentionDefaults, keepMs }, onProblem);
  retention.start();
  return retention;
}
function rateLimitOf({ limits = {} }: WorkspaceConfig): RateLimit {
  const { requests_per_second: perSecond = defaultRateLimit.perSecond } = limits;
  return { perSecond, burst: limits.burst ?? defaultRateLimit.burst };
}

type Running = {
  readonly name: string;
  /** `HOST:PORT`, or several of them. */
  readonly where: string;
  stop(): Promise<void>;
};

async function startTftp(options: TftpServerOptions): Promise<Running> {
  const { addresses, stop } = await orListenProblem(startTftpServer(options), options);
  const where = addresses.map(({ address, port }) => `${address}:${port}`).join(' ');
  return { name: 'tftp', where, stop };
}

async function startFiles(options: HttpFileServerOptions): Promise<Running> {
  const server = await orListenProblem(startHttpFileServer(options), options);
  const { address, port } = server.address;
  return { name: 'files', where: `${address}:${port}`, stop: () => server.stop() };
}

type StartableDhcp = Omit<OpenedDhcp, 'start'> & {
  start(tell: Provisioner['event']): Promise<Running>;
};

async function openedDhcp(parts: ServeDhcpParts): Promise<StartableDhcp> {
  const { openDhcp } = await import('./serve-dhcp.ts');
  const { listen } = parts;
  const where = 'interface' in listen ? listen.interface : `${listen.host}:${listen.port}`;
  const opened = await openDhcp(parts);
  return {
    ...opened,
    async start(tell) {
      try {
        return { name: 'dhcp', ...(await opened.start(tell)) };
      } catch (error) {
        throw error instanceof AppError ? error : listenProblem(error, where);
      }
    },
  };
}

async function openedSip(parts: ServeSipParts): Promise<OpenedSip> {
  const { openSip } = await import('./serve-sip.ts');
  const opened = await openSip(parts);
  return {
    ...opened,
    start: (...args) => orListenProblem(opened.start(...args), parts.listen),
  };
}

const uftpPort = 5105;

function unistimListen(signalling: Listen, uftp: Listen | undefined) {
  // Port 0 is for tests, which take any port for files as well.
  const port = signalling.port === 0 ? 0 : uftpPort;
  return { signalling, uftp: uftp ?? { host: signalling.host, port } };
}

async function startUnistim(
  parts: Omit<ServeUnistimParts, 'signalling' | 'uftp'>,
  wanted: { readonly unistim?: Listen | undefined; readonly uftp?: Listen | undefined },
  running: Running[],
): Promise<Pick<ServedUnistim, 'reset'> | undefined> {
  if (!wanted.unistim) {
    if (!wanted.uftp) return undefined;
    const text = 'uftp serves phones of the UNIStim service alone: name its place, too (unistim)';
    throw new AppError('not-possible', text);
  }
  const { serveUnistim } = await import('./serve-unistim.ts');
  const listen = unistimListen(wanted.unistim, wanted.uftp);
  const starting = serveUnistim({ ...parts, ...listen });
  const { unistim, uftp, stop, reset } = await orListenProblem(starting, wanted.unistim);
  running.push({ name: 'unistim', where: unistim, stop });
  running.push({ name: 'uftp', where: uftp, stop: () => Promise.resolve() });
  return { reset };
}

/** A phone in a session is asked over it, any other one by SIP. */
function signallingBy(
  sip: RolloutSignalling | undefined,
  sessions: Pick<ServedUnistim, 'reset'> | undefined,
): RolloutSignalling | undefined {
  if (!sessions) return sip;
  return {
    async ask(mac, reason) {
      if (sessions.reset(mac)) return 'sent';
      return sip ? sip.ask(mac, reason) : 'unreachable';
    },
    registeredAt: (mac) => sip?.registeredAt(mac),
  };
}

/** Addresses that servers listen at. */
function hostsOf(wanted: Readonly<Record<string, DhcpListen | undefined>>): readonly string[] {
  return Object.values(wanted).flatMap((listen) => (listen && 'host' in listen ? listen.host : []));
}

async function orListenProblem<T>(starting: Promise<T>, { host, port }: Listen): Promise<T> {
  try {
    return await starting;
  } catch (error) {
    throw listenProblem(error, `${host}:${port}`);
  }
}

function provisionerOf(
  workspace: OpenWorkspace,
  clock: Clock,
  onEvent: (event: ProvisionEvent) => void,
  identifier: Identifier,
): Provisioner {
  const { store, handMade, library, layersFor } = workspace;
  const trees = { handMade, library };
  const planning = () => workspace.planning();
  return createProvisioner({
    ...{ store, families, identifier, trees, layersFor, clock, onEvent, planning },
  });
}

/** What the servers of files ask of the core. */
function fileHandler(provisioner: Provisioner): FileHandler {
  return {
    async open(request) {
      const { bytes, ticket, ...more } = await provisioner.open(request);
      return bytes ? { kind: 'found', bytes, ticket, ...more } : { kind: 'missing', ticket };
    },
    closed: (end) => provisioner.closed(end),
  };
}

/** The server says where it failed; the system's own error is the cause of that. */
function listenProblem(error: unknown, where: string): unknown {
  const { cause = error } = error as Error;
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new AppError('port-in-use', `another program listens on ${where}`, { cause: error });
  if (code === 'EACCES')
    return new AppError(
      'port-not-allowed',
      `this user may not listen on ${where}: use sudo, or a port from 1024 up`,
      { cause: error },
    );
  if (code === 'EADDRNOTAVAIL')
    return new AppError('not-found', `${where} is not an address of this machine`, {
      cause: error,
    });
  return error;
}
