import { zoneOfPhone, type WorkspaceConfig } from '../config.ts';
import type { ProvisionEvent } from '../core/asking.ts';
import type { Clock } from '../core/clock.ts';
import type { PhoneEvent } from '../core/follower.ts';
import { nextRun } from '../core/rollout/cron.ts';
import type { AskAnswer, RegistrationEvent } from '../core/rollout/phone-events.ts';
import { createRolloutRunner } from '../core/rollout/runner.ts';
import { families } from '../families/index.ts';
import { ipv4Number, isIPv4 } from '../wire/ipv4.ts';
import { formatIPv4Network, isInNetwork, networkAround } from '../wire/ipv4-network.ts';
import type { Mac } from '../wire/mac.ts';
import type { OpenWorkspace } from './workspace.ts';

/** What the SIP side gives to rollouts; without it no phone can be asked. */
export type RolloutSignalling = {
  /** Asks a phone to restart in the way that it understands. */
  ask(mac: Mac, reason: string): Promise<AskAnswer>;
  /** When it last registered, if it still is. */
  registeredAt(mac: Mac): number | undefined;
};

export type ServedRollouts = {
  /** As `heard`, and passes it on. */
  tell(event: ProvisionEvent): void;
  /** Every event of the servers and of the registrar goes through here. */
  heard(event: ProvisionEvent | RegistrationEvent): void;
  start(): Promise<void>;
  stop(): Promise<void>;
};

export type RolloutsOptions = {
  readonly workspace: OpenWorkspace;
  readonly clock: Clock;
  readonly onEvent: (event: ProvisionEvent) => void;
  /** Undefined where nobody can be asked. */
  readonly signalling: () => RolloutSignalling | undefined;
};

/** A network of which nothing is known has 254 phones at most. */
const usualPrefix = 24;
const pollMs = 500;

const nobody: RolloutSignalling = {
  ask: () => Promise.resolve('unreachable'),
  registeredAt: () => undefined,
};

/** Rollouts of a workspace, as long as its servers run. */
export function openRollouts(options: RolloutsOptions): ServedRollouts {
  const { workspace, clock, onEvent } = options;
  const signalling = () => options.signalling() ?? nobody;
  const { store, config } = workspace;
  const addresses = new Map<Mac, string>();
  const runner = createRolloutRunner({
    ...{ store, clock, families, nextRun, onEvent, pollMs },
    ask: (mac, reason) => signalling().ask(mac, reason),
    facts: {
      subnetOf: (mac) => subnetOf(config, addresses.get(mac)),
      registeredAt: (mac) => signalling().registeredAt(mac),
      zoneOf: (phone) => zoneOfPhone(config, phone),
    },
    planning: () => workspace.planning(),
    onProblem: (error) => onEvent({ kind: 'problem', error }),
  });
  function heard(event: ProvisionEvent | RegistrationEvent): void {
    if (event.kind === 'request' && event.mac) addresses.set(event.mac, event.request.address);
    if (event.kind === 'dhcp' && event.outcome === 'ack' && event.address !== undefined)
      addresses.set(event.mac, event.address);
    if (event.kind === 'registration' && event.mac && event.outcome === 'registered')
      runner.heard({ kind: 'registered', mac: event.mac, at: event.at });
    if (isOfPhone(event)) runner.heard(event);
  }

  return {
    heard,
    tell(event) {
      heard(event);
      onEvent(event);
    },
    async start() {
      for (const { mac, address } of await store.tieList()) addresses.set(mac, address);
      await runner.start();
    },
    stop: () => runner.stop(),
  };
}

/** The network of the DHCP server that has the address, else its 254 neighbours. */
export function subnetOf(
  { dhcp }: Pick<WorkspaceConfig, 'dhcp'>,
  address: string | undefined,
): string | undefined {
  const plain = address?.replace(/^::ffff:/i, '') ?? '';
  if (!isIPv4(plain)) return undefined;
  const known = dhcp?.networks.find(({ subnet }) => isInNetwork(subnet, plain))?.subnet;
  return formatIPv4Network(known ?? networkAround(ipv4Number(plain), usualPrefix));
}

function isOfPhone(
  event: ProvisionEvent | RegistrationEvent,
): event is PhoneEvent | RegistrationEvent {
  return ['fact', 'progress', 'finding', 'news', 'mended', 'registered'].includes(event.kind);
}
