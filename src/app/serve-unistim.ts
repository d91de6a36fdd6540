import type { Listen } from '../config.ts';
import type { UnistimConfig } from '../config/unistim-values.ts';
import type { ProvisionEvent } from '../core/asking.ts';
import type { Clock } from '../core/clock.ts';
import type { Provisioner } from '../core/provision.ts';
import type { FileHandler } from '../servers/file.ts';
import type { RateLimit } from '../servers/rate-limit.ts';
import type { UnistimAssumptions } from '../servers/unistim/assumptions.ts';
import { startUnistimServer, type UnistimServer } from '../servers/unistim/server.ts';
import type { Mac } from '../wire/mac.ts';
import { followProvisioning } from './unistim/follow-provisioning.ts';
import { onlyProvisioned } from './unistim/only-provisioned.ts';
import { PhoneSessions } from './unistim/phone-sessions.ts';
import { provisioningNow } from './unistim/provisioning-now.ts';
import { takeUpSessionRestarts } from './unistim/session-restarts.ts';
import type { OpenWorkspace } from './workspace.ts';

export type ServeUnistimParts = {
  readonly workspace: OpenWorkspace;
  readonly signalling: Listen;
  readonly uftp: Listen;
  readonly clock: Clock;
  readonly limit: RateLimit;
  readonly provisioner: Provisioner;
  readonly files: FileHandler;
  readonly onEvent: (event: ProvisionEvent) => void;
};

export type ServedUnistim = {
  readonly unistim: string;
  readonly uftp: string;
  /** Has a phone start again that is in a session; false where it is in none. */
  reset(mac: Mac): boolean;
  stop(): Promise<void>;
};

/** The IPCM service: sessions of phones with UNIStim, and their software by UFTP. */
export async function serveUnistim(parts: ServeUnistimParts): Promise<ServedUnistim> {
  const { workspace, clock, provisioner, onEvent, limit, signalling, uftp } = parts;
  const { store, config } = workspace;
  const { unistim = {} } = config;
  const onProblem = (error: unknown) => onEvent({ kind: 'problem', error });
  const sessions = new PhoneSessions({
    ...{ workspace, clock, provisioner, onEvent },
    offer: unistim.offer ?? 'on-request',
    pointerWay: unistim.tftp_pointer === 'none' ? 'none' : 'servers',
  });
  const { locked } = await provisioningNow(store);
  const server = await startUnistimServer({
    ...{ signalling, uftp, limit, handler: sessions, now: () => clock.now() },
    isLocked: locked,
    files: onlyProvisioned(parts.files, sessions),
    assumptions: assumptionsOf(unistim),
    onProblem: ({ text }) => onProblem(new Error(text)),
  });
  const callOffs = [
    followProvisioning({ store, clock }, server, onProblem),
    takeUpSessionRestarts({ workspace, clock, server, onEvent }),
  ];
  return {
    ...placesOf(server),
    reset: (mac) => server.reset(mac, 'soft'),
    async stop() {
      for (const callOff of callOffs) callOff();
      await server.stop();
    },
  };
}

function placesOf({ addresses, uftpAddresses }: UnistimServer) {
  const text = (list: UnistimServer['addresses']) =>
    list.map(({ address, port }) => `${address}:${port}`).join(' ');
  return { unistim: text(addresses), uftp: text(uftpAddresses) };
}

function assumptionsOf(config: UnistimConfig): Partial<UnistimAssumptions> {
  const said: Partial<Record<keyof UnistimAssumptions, unknown>> = {
    staysConnected: config.stays_connected,
    unknownByte: config.unknown_byte,
    identifier: config.identifier,
    grants: config.grants,
    fileEnd: config.file_end,
    largestBlock: config.largest_block,
    largestPacket: config.largest_packet,
    lockBy: config.lock_by,
  };
  const known = Object.entries(said).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known);
}
