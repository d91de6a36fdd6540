import type { ServeFlags, Serving } from '../cli/operations.ts';
import { parseListen } from '../config.ts';
import type { ProvisionEvent } from '../core/asking.ts';
import type { Clock } from '../core/clock.ts';
import { createIdentifier } from '../core/identify.ts';
import { createProvisioner, type Provisioner } from '../core/provision.ts';
import { AppError } from '../errors.ts';
import { families } from '../families/index.ts';
import type { FileHandler } from '../servers/file.ts';
import { startTftpServer } from '../servers/tftp/server.ts';
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
  const provisioner = await provisionerOf(workspace, clock, onEvent);
  const tftp = flags.tftp === undefined ? config.servers.tftp : parseListen('--tftp', flags.tftp);
  if (!tftp) return { listen: {}, stop: () => provisioner.flush() };
  const server = await startTftpServer({
    ...tftp,
    workers: flags.workers ?? config.workers ?? 1,
    handler: fileHandler(provisioner),
    now: () => clock.now(),
    onProblem: (problem) => onEvent({ kind: 'problem', error: problem }),
  }).catch((error: unknown) => {
    throw listenProblem(error, `${tftp.host}:${tftp.port}`);
  });
  const addresses = server.addresses.map(({ address, port }) => `${address}:${port}`);
  return {
    listen: { tftp: addresses.join(' ') },
    async stop() {
      await server.stop();
      await provisioner.flush();
    },
  };
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
  return createProvisioner({ store, families, identifier, trees, layersFor, clock, onEvent });
}

/** What the servers of files ask of the core. */
function fileHandler(provisioner: Provisioner): FileHandler {
  return {
    async open(request) {
      const { bytes, ticket } = await provisioner.open(request);
      return bytes ? { kind: 'found', bytes, ticket } : { kind: 'missing', ticket };
    },
    closed: (end) => provisioner.closed(end),
  };
}

function listenProblem(error: unknown, where: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new AppError('port-in-use', `another program listens on ${where}`, { cause: error });
  if (code === 'EACCES')
    return new AppError(
      'port-not-allowed',
      `${where} needs root or CAP_NET_BIND_SERVICE: ports from 1024 up do not`,
      { cause: error },
    );
  if (code === 'EADDRNOTAVAIL')
    return new AppError('not-found', `${where} is not an address of this machine`, {
      cause: error,
    });
  return error;
}
