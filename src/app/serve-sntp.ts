import type { ServerFindingEvent, TimeEvent } from '../core/asking.ts';
import type { Listen, SntpConfig, WorkspaceConfig } from '../config.ts';
import type { Finding } from '../model/finding.ts';
import type { RateLimit } from '../servers/rate-limit.ts';
import type { HostClock } from '../servers/sntp/host-clock.ts';
import { startSntpServer } from '../servers/sntp/server.ts';
import { thisMachine, watchHostClock, type HostQuestions } from './host-clock.ts';
import { realTime } from './real-time.ts';

export type SntpParts = {
  readonly config: WorkspaceConfig;
  readonly limit: RateLimit;
  readonly onProblem: (problem: { readonly text: string }) => void;
  readonly onEvent: (event: ServerFindingEvent | TimeEvent) => void;
  /** This machine's where it is left out. */
  readonly host?: HostQuestions;
};

const lookAgainMs = 64_000;
const usualEveryMs = 64_000;

/** The SNTP server of a workspace, and word of the clock that it serves. */
export async function startSntp({ host, port }: Listen, parts: SntpParts) {
  const { config, limit, onProblem, onEvent } = parts;
  const { sntp = {} } = config;
  const findings = clockFindings(sntp, onEvent);
  const watch = await watchHostClock(parts.host ?? thisMachine, lookAgainMs, findings);
  for (const finding of unheardFindings(config)) onEvent(serverFinding(finding, 'begins'));
  const server = await startSntpServer({
    ...{ host, port, limit, onProblem },
    now: realTime(),
    hostClock: () => watch.current(),
    random: Math.random,
    ...(sntp.local_stratum !== undefined && { localStratum: sntp.local_stratum }),
    broadcasts: {
      to: sntp.broadcast ?? [],
      multicast: sntp.multicast ?? false,
      everyMs: sntp.every ?? usualEveryMs,
    },
    onAnswered: (answered) => onEvent({ kind: 'time', ...answered, at: Math.round(answered.at) }),
  }).catch((error: unknown) => {
    watch.stop();
    throw error;
  });
  return {
    name: 'sntp',
    where: server.addresses.map((each) => `${each.address}:${each.port}`).join(' '),
    async stop() {
      watch.stop();
      await server.stop();
    },
  };
}

/** Tells what is wrong with the machine's clock when that begins and when it ends. */
function clockFindings(
  sntp: SntpConfig,
  onEvent: SntpParts['onEvent'],
): (clock: HostClock) => void {
  let stands: Finding | undefined;
  return ({ state }) => {
    if (stands) onEvent(serverFinding(stands, 'ends'));
    stands = clockFinding(state, sntp);
    if (stands) onEvent(serverFinding(stands, 'begins'));
  };
}

function clockFinding(
  state: HostClock['state'],
  { local_stratum: stratum }: SntpConfig,
): Finding | undefined {
  const cure = "let chrony or systemd-timesyncd set this machine's clock";
  switch (state) {
    case 'synchronised':
      return undefined;
    case 'unknown':
      return {
        code: 'host-clock-unknown',
        severity: 'note',
        text: 'neither chrony nor systemd says whether somebody sets the clock of this machine',
        consequence: `Phones take the time as it is here; it is served as stratum ${stratum ?? 10}.`,
        cure,
      };
    case 'not synchronised':
      return {
        code: 'host-clock-unsynchronised',
        severity: stratum === undefined ? 'error' : 'warning',
        text: 'nobody sets the clock of this machine',
        consequence:
          stratum === undefined
            ? 'Phones are told not to take the time from here, and show none.'
            : `Phones take the time as it is here, right or wrong: stratum ${stratum}.`,
        cure: stratum === undefined ? `${cure}, or write sntp: { local_stratum: 10 }` : cure,
      };
  }
}

const heardBy: Readonly<Record<string, keyof SntpConfig>> = {
  multicast: 'multicast',
  directedbroadcast: 'broadcast',
};

/** Settings of phones that wait for what this server does not send. */
function unheardFindings(config: WorkspaceConfig): readonly Finding[] {
  const { settings, sites, models, groups, sntp = {} } = config;
  const scopes = [sites, models, groups].flatMap((each) => Object.values(each));
  const modes = new Set(
    [settings, ...scopes.map((each) => each.settings)].map((each) => each.sntp_mode),
  );
  return [...modes].flatMap((mode) => {
    const key = heardBy[mode ?? ''];
    const isSent = key === undefined || sntp.multicast === true || sends(sntp.broadcast, key);
    if (mode === undefined || isSent) return [];
    return [
      {
        code: 'sntp-not-broadcast',
        severity: 'warning' as const,
        text: `phones with sntp_mode ${mode} wait for time that is not sent`,
        consequence: 'They show no time, or let it drift.',
        cure: `write sntp: { ${key}: yes }, or sntp_mode: unicast`,
      },
    ];
  });
}

function sends(broadcast: SntpConfig['broadcast'], key: keyof SntpConfig): boolean {
  return key === 'broadcast' && broadcast !== undefined && broadcast.length > 0;
}

function serverFinding(finding: Finding, state: ServerFindingEvent['state']): ServerFindingEvent {
  return { kind: 'server-finding', server: 'sntp', state, finding };
}
