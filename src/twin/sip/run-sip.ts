import type { ServerTransaction } from '../../codec/sip/server-transactions.ts';
import { isIPv4 } from '../../wire/ipv4.ts';
import type { Mac } from '../../wire/mac.ts';
import type { BootEnd } from '../boots.ts';
import type { Clock } from '../clock.ts';
import type { Network } from '../network.ts';
import type { Server } from '../tftp-client.ts';
import { createCalls, methods, type Calls } from './calls.ts';
import { createIdleWatch } from './idle-watch.ts';
import { takeNotify, type RestartWay } from './notify.ts';
import { contactUri } from './register-request.ts';
import { createRegistration, type Registration } from './registration.ts';
import type { SipFamily } from './sip-family.ts';
import type { SipHappenings } from './sip-happening.ts';
import { openSipPort, type SipPort } from './sip-port.ts';
import type { SipHost, SipLine, SipSettings } from './sip-settings.ts';
import { sipNames } from './sip-words.ts';
import type { SipFaults, SipSession, TwinSip } from './twin-sip.ts';

export type SipParts = {
  readonly mac: Mac;
  readonly sip: TwinSip;
  readonly session: SipSession;
  readonly faults: SipFaults;
  readonly family: SipFamily;
  /** What the display shows while the phone is idle. */
  readonly display: string;
  readonly network: Network;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly signal: AbortSignal | undefined;
  tell(happening: SipHappenings): void;
};

/** `again`: the phone reads its configuration once more, without starting anew. */
export type SipEnd = BootEnd | { readonly kind: 'again'; readonly because: string };

/** After so many rounds a line that nobody registers counts as stuck. */
const roundsForEver = 3;

/** A phone's SIP from its configuration until it starts again, or until it was waited for. */
export async function runSip(parts: SipParts): Promise<SipEnd> {
  const { sip, family, display, signal } = parts;
  const [first] = family.settings.lines;
  if (first === undefined || sip.stopped?.aborted === true) return { kind: 'idle', display };
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<SipEnd>();
  const abort = () => reject(signal?.reason as Error);
  const stop = () => resolve({ kind: 'idle', display });
  signal?.addEventListener('abort', abort, { once: true });
  sip.stopped?.addEventListener('abort', stop, { once: true });
  const proxy = sip.proxy ?? family.settings.outbound ?? first.proxy;
  const own = await sip.ownAddress((await addressOf(parts, proxy)) ?? proxy.host);
  const running = await start(parts, own, resolve, reject);
  try {
    return await promise;
  } finally {
    signal?.removeEventListener('abort', abort);
    sip.stopped?.removeEventListener('abort', stop);
    running.close();
  }
}

async function start(
  parts: SipParts,
  own: string,
  resolve: (end: SipEnd) => void,
  reject: (error: unknown) => void,
): Promise<{ close(): void }> {
  const { mac, network, clock, random, tell, session, faults, family } = parts;
  const settings = faulty(family.settings, faults);
  const names = sipNames(mac, random);
  const contactAddress = (await natAddress(parts)) ?? own;
  const lineAddress = (line: SipLine) =>
    registrations.find((each) => each.line.number === line.number)?.contactAddress ??
    contactAddress;
  const { words } = family;
  const idle = createIdleWatch(clock, () => calls.count === 0);
  const calls: Calls = createCalls({
    ...{ words, names, network, clock, random, tell, ownAddress: own },
    settings: () => settings,
    person: parts.sip.person ?? {},
    mediaAddress: () =>
      settings.nat.isEnabled ? (registrations[0]?.contactAddress ?? contactAddress) : own,
    contactOf: (line) => contactUri({ line, settings, words, contactAddress: lineAddress(line) }),
    targetOf: (at) => fixedTarget(parts) ?? at,
    port: () => port,
    isBusy: faults.isBusy === true,
    onChange: () => idle.changed(),
    fail: reject,
  });
  const port: SipPort = await openSipPort({
    ...{ network, clock, random, tell, newTag: names.newTag },
    ...{ timing: settings.timing, controlPort: settings.controlPort },
    isSymmetric: settings.nat.isEnabled,
    abilities: abilitiesOf(family),
    userAgent: words.userAgent,
    onRequest: guarded((transaction) => take(transaction)),
    onAck: (request) => calls.acknowledged(request),
    onAnswerLost: (request) => calls.lost(request),
  });
  const registrations = settings.lines.map((line) =>
    createRegistration({
      ...{ line, settings, words, names, port, clock, tell, ownAddress: own, contactAddress },
      targetOf: (proxy) => targetOf(parts, proxy),
      onChange: changed,
      fail: reject,
    }),
  );

  function take(transaction: ServerTransaction): void {
    switch (transaction.request.method) {
      case 'INVITE':
        return calls.invite(transaction);
      case 'CANCEL':
        return calls.cancel(transaction);
      case 'BYE':
        return calls.bye(transaction);
      case 'NOTIFY':
        return takeNotify(transaction, {
          ...{ family, idle, startAgain, fail: reject, isIgnored: faults.ignoresNotify === true },
          callIds: () =>
            registrations.filter(({ state }) => state === 'registered').map(({ callId }) => callId),
          tell: (text) => tell({ kind: 'restart', text }),
        });
      default:
        return answerOptions(transaction, words.userAgent);
    }
  }

  function guarded(run: (transaction: ServerTransaction) => void) {
    return (transaction: ServerTransaction) => {
      try {
        run(transaction);
      } catch (error) {
        reject(error);
      }
    };
  }

  function startAgain({ kind, because }: RestartWay): void {
    void goodbye().then(() => {
      session.restarts++;
      session.lastStart = `reset-${kind}`;
      const { resetMs: waitMs } = family;
      resolve(
        kind === 'restart'
          ? { kind: 'again', because }
          : { kind: 'reboot', because, waitMs, isOrdered: true },
      );
    }, reject);
  }

  async function goodbye(): Promise<void> {
    if (!family.saysGoodbye) return;
    await Promise.all(
      registrations.filter(({ state }) => state === 'registered').map((each) => each.unregister()),
    );
  }

  function changed(): void {
    session.lines = registrations.map(({ line, state, peer, because }) => ({
      ...{ line: line.name, state },
      ...(peer !== undefined && { peer }),
      ...(because !== undefined && { because }),
    }));
    const end = endOf(parts, settings, registrations);
    if (end) resolve(end);
  }

  session.lines = [];
  if (settings.registers) for (const registration of registrations) registration.start();
  else changed();
  return {
    close() {
      idle.close();
      calls.close();
      for (const registration of registrations) registration.close();
      port.close();
    },
  };
}

/** Where what was waited for is there, or will never be. */
function endOf(
  { sip, session, display, family }: SipParts,
  settings: SipSettings,
  registrations: readonly Registration[],
): BootEnd | undefined {
  if (sip.until === 'stay') return undefined;
  if (!settings.registers && family.settings.registers)
    return { kind: 'stuck', display, because: 'it does not register' };
  const lost = registrations.find(({ failures }) => failures >= roundsForEver);
  if (settings.registers && lost)
    return { kind: 'stuck', display, because: `line ${lost.line.name}: ${lost.because ?? ''}` };
  const isThere = !settings.registers || registrations.every(({ state }) => state === 'registered');
  const isAwaited = sip.until === 'registered' || session.restarts > 0;
  return isThere && isAwaited ? { kind: 'idle', display } : undefined;
}

function faulty(settings: SipSettings, faults: SipFaults): SipSettings {
  const spoilt = (line: SipLine) => ({ ...line, password: `${line.password}?` });
  return {
    ...settings,
    registers: settings.registers && faults.neverRegisters !== true,
    lines: faults.hasWrongPassword === true ? settings.lines.map(spoilt) : settings.lines,
  };
}

function abilitiesOf({ words }: SipFamily) {
  return {
    ...({ role: 'user-agent', methods, extensions: words.extensions } as const),
    contentTypes: [
      ...['application/sdp', 'text/plain', 'application/simple-message-summary'],
      ...['message/sipfrag', 'multipart/mixed', 'application/x-cisco-remotecc-request+xml'],
    ],
  };
}

function answerOptions({ answer }: ServerTransaction, userAgent: string): void {
  const headers = [
    { name: 'Server', value: userAgent },
    { name: 'Allow', value: methods.join(',') },
    { name: 'Accept', value: 'application/sdp' },
  ];
  answer({ status: 200, reason: 'OK', headers });
}

/** An outbound proxy, or what stands in its place, takes all requests. */
function fixedTarget({ sip, family }: SipParts): Server | undefined {
  const fixed = sip.proxy ?? family.settings.outbound;
  return fixed && isIPv4(fixed.host) ? { address: fixed.host, port: fixed.port } : undefined;
}

async function targetOf(parts: SipParts, proxy: SipHost): Promise<Server | undefined> {
  const host = parts.sip.proxy ?? parts.family.settings.outbound ?? proxy;
  const address = await addressOf(parts, host);
  return address === undefined ? undefined : { address, port: host.port };
}

async function addressOf({ sip }: SipParts, { host }: SipHost): Promise<string | undefined> {
  return isIPv4(host) ? host : sip.resolve(host);
}

/** Undefined where the phone is not told of NAT, or where the address is none. */
async function natAddress(parts: SipParts): Promise<string | undefined> {
  const { isEnabled, address } = parts.family.settings.nat;
  if (!isEnabled || address === '') return undefined;
  return addressOf(parts, { host: address, port: 0 });
}
