import type { ServeFlags, Serving } from '../cli/operations.ts';
import { parseListen, type Listen } from '../config.ts';
import type { ProvisionEvent } from '../core/asking.ts';
import type { Clock } from '../core/clock.ts';
import { createIdentifier } from '../core/identify.ts';
import { createRetention, retentionDefaults } from '../core/retention.ts';
import { createProvisioner, type Provisioner } from '../core/provision.ts';
import { AppError } from '../errors.ts';
import { families } from '../families/index.ts';
import type { FileHandler } from '../servers/file.ts';
import { startHttpFileServer, type HttpFileServerOptions } from '../servers/http/server.ts';
import { startTftpServer, type TftpServerOptions } from '../servers/tftp/server.ts';
import { neighbourLookup } from './neighbours.ts';
import type { OpenWorkspace } from './workspace.ts';

/** An address stays with the phone that last proved it for a day, a usual lease. */
const tieLasts = 24 * 60 * 60 * 1000;

/** Starts what the flags and the workspace file name. */
export async function serveWorkspace(
  workspace: OpenWorkspace,
  flags: ServeFlags,
  clock: Clock,
  onEvent: (event: ProvisionEvent) => void,
): Promise<Serving> {
  const { config } = workspace;
  const wanted = {
    tftp: flags.tftp === undefined ? config.servers.tftp : parseListen('--tftp', flags.tftp),
    files: flags.files === undefined ? config.servers.files : parseListen('--files', flags.files),
  };
  const provisioner = await provisionerOf(workspace, clock, onEvent);
  await provisioner.resume();
  const onProblem = (error: unknown) => onEvent({ kind: 'problem', error });
  const { keep_boots: keepMs = retentionDefaults.keepMs } = config;
  const options = { ...retentionDefaults, keepMs };
  const retention = createRetention(workspace.store, clock, options, onProblem);
  retention.start();
  const shared = {
    handler: fileHandler(provisioner),
    now: () => clock.now(),
    onProblem: ({ text }: { readonly text: string }) =>
      onEvent({ kind: 'problem', error: new Error(text) }),
  };
  const workers = flags.workers ?? config.workers ?? 1;
  const running: Running[] = [];
  const stop = async () => {
    retention.stop();
    await Promise.all(running.map((server) => server.stop()));
    await provisioner.flush();
  };
  try {
    const { tftp, files } = wanted;
    if (tftp) running.push(await startTftp({ ...shared, ...tftp, workers }));
    if (files) running.push(await startFiles({ ...shared, ...files }));
  } catch (error) {
    await stop();
    throw error;
  }
  return { listen: Object.fromEntries(running.map(({ name, where }) => [name, where])), stop };
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

async function orListenProblem<T>(starting: Promise<T>, { host, port }: Listen): Promise<T> {
  try {
    return await starting;
  } catch (error) {
    throw listenProblem(error, `${host}:${port}`);
  }
}

async function provisionerOf(
  workspace: OpenWorkspace,
  clock: Clock,
  onEvent: (event: ProvisionEvent) => void,
): Promise<Provisioner> {
  const { store, handMade, library, layersFor } = workspace;
  const ties = await store.tieList();
  const neighbour = neighbourLookup(() => clock.now());
  const identifier = createIdentifier({ families, neighbour, ties, tieLasts });
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
