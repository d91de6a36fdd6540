import type { ServerTransaction } from '../../codec/sip/server-transactions.ts';
import { isIPv4 } from '../../wire/ipv4.ts';
import type { Mac } from '../../wire/mac.ts';
import type { BootEnd } from '../boots.ts';
import type { Clock } from '../clock.ts';
import type { Network } from '../network.ts';
import type { Server } from '../tftp-client.ts';
import { Calls, methods } from './calls.ts';
import { startHeartbeat } from './heartbeat.ts';
import { createIdleWatch, type IdleWatch } from './idle-watch.ts';
import { takeNotify, type RestartWay } from './notify.ts';
import { contactUri } from './register-request.ts';
import { Registration } from './registration.ts';
import type { SipFamily } from './sip-family.ts';
import type { SipHappenings } from './sip-happening.ts';
import { openSipPort, type SipPort } from './sip-port.ts';
import type { SipHost, SipLine, SipSettings } from './sip-settings.ts';
import { sipNames, type SipNames } from './sip-words.ts';
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
  const contactAddress = (await natAddress(parts)) ?? own;
  const life = new SipLife(parts, { end: resolve, fail: reject }, own, contactAddress);
  try {
    await life.start(own);
    return await promise;
  } finally {
    signal?.removeEventListener('abort', abort);
    sip.stopped?.removeEventListener('abort', stop);
    life.close();
  }
}

type Settle = {
  end(end: SipEnd): void;
  fail(error: unknown): void;
};

/** Ports, registrations and calls of a phone. */
class SipLife {
  readonly #parts: SipParts;
  readonly #settle: Settle;
  readonly #settings: SipSettings;
  readonly #contactAddress: string;
  readonly #idle: IdleWatch;
  readonly #calls: Calls;
  readonly #names: SipNames;
  #registrations: readonly Registration[] = [];
  #port: SipPort | undefined;
  #stopHeartbeat: (() => void) | undefined;

  constructor(parts: SipParts, settle: Settle, own: string, contactAddress: string) {
    const { family, clock, network, random, tell, mac, faults } = parts;
    this.#parts = parts;
    this.#settle = settle;
    this.#settings = faulty(family.settings, faults);
    this.#contactAddress = contactAddress;
    this.#names = sipNames(mac, random);
    this.#idle = createIdleWatch(clock, () => this.#calls.count === 0);
    this.#calls = new Calls({
      ...{ words: family.words, names: this.#names, network, clock, random, tell },
      ...{ ownAddress: own, person: parts.sip.person ?? {}, isBusy: faults.isBusy === true },
      settings: () => this.#settings,
      mediaAddress: () => (this.#settings.nat.isEnabled ? this.#addressOf(undefined) : own),
      contactOf: (line) => this.#contactOf(line),
      targetOf: (at) => fixedTarget(parts) ?? at,
      port: () => this.#opened(),
      onChange: () => this.#idle.changed(),
      fail: settle.fail,
    });
  }

  /** Rejects when the SIP port is taken. */
  async start(own: string): Promise<void> {
    const { family, network, clock, random, tell } = this.#parts;
    const { words, image } = family;
    const settings = this.#settings;
    const names = this.#names;
    const port = await openSipPort({
      ...{ network, clock, random, tell, newTag: names.newTag },
      ...{ timing: settings.timing, controlPort: settings.controlPort },
      isSymmetric: settings.nat.isEnabled,
      abilities: abilitiesOf(family),
      userAgent: words.userAgent,
      onRequest: (transaction) => this.#take(transaction),
      onAck: (request) => this.#calls.acknowledged(request),
      onAnswerLost: (request) => this.#calls.lost(request),
    });
    this.#port = port;
    const contactAddress = this.#contactAddress;
    this.#registrations = settings.lines.map(
      (line) =>
        new Registration({
          ...{
            image,
            line,
            settings,
            words,
            names,
            port,
            clock,
            tell,
            ownAddress: own,
            contactAddress,
          },
          targetOf: (proxy) => targetOf(this.#parts, proxy),
          onChange: () => this.#changed(),
          fail: this.#settle.fail,
        }),
    );
    this.#beat(port, own);
    this.#parts.session.lines = [];
    if (!settings.registers) this.#changed();
    else for (const registration of this.#registrations) registration.start();
  }

  close(): void {
    this.#stopHeartbeat?.();
    this.#idle.close();
    this.#calls.close();
    for (const registration of this.#registrations) registration.close();
    this.#port?.close();
  }

  /** A proxy that is silent is left for the one that takes over. */
  #beat(port: SipPort, ownAddress: string): void {
    const { family, clock, tell } = this.#parts;
    const [first] = this.#registrations;
    if (family.heartbeat === undefined || first === undefined) return;
    this.#stopHeartbeat = startHeartbeat({
      ...{ ...family.heartbeat, clock, port, ownAddress },
      ...{ line: first.line, settings: this.#settings, words: family.words, names: this.#names },
      proxy: () => (first.isRegistered ? first.granting : undefined),
      targetOf: (proxy) => targetOf(this.#parts, proxy),
      lost: (because) => {
        tell({ kind: 'restart', text: because });
        for (const registration of this.#registrations) registration.start();
      },
      fail: this.#settle.fail,
    });
  }

  #opened(): SipPort {
    if (this.#port) return this.#port;
    throw new Error('a call came before the SIP port was open');
  }

  /** Of the line's Contact; of the first one where none is said. */
  #addressOf(line: SipLine | undefined): string {
    const found = this.#registrations.find(
      (each) => line === undefined || each.line.number === line.number,
    );
    return found?.contactAddress ?? this.#contactAddress;
  }

  #contactOf(line: SipLine): string {
    const { words } = this.#parts.family;
    const contactAddress = this.#addressOf(line);
    return contactUri({ line, settings: this.#settings, words, contactAddress });
  }

  #take(transaction: ServerTransaction): void {
    switch (transaction.request.method) {
      case 'INVITE':
        return this.#calls.invite(transaction);
      case 'CANCEL':
        return this.#calls.cancel(transaction);
      case 'BYE':
        return this.#calls.bye(transaction);
      case 'NOTIFY':
        return this.#takeNotify(transaction);
      default:
        return answerOptions(transaction, this.#parts.family.words.userAgent);
    }
  }

  #takeNotify(transaction: ServerTransaction): void {
    const { family, faults, tell } = this.#parts;
    takeNotify(transaction, {
      ...{ family, idle: this.#idle, isIgnored: faults.ignoresNotify === true },
      callIds: () => this.#registered().map(({ callId }) => callId),
      tell: (text) => tell({ kind: 'restart', text }),
      startAgain: (way) => void this.#startAgain(way).catch(this.#settle.fail),
      fail: this.#settle.fail,
    });
  }

  #registered(): readonly Registration[] {
    return this.#registrations.filter(({ isRegistered }) => isRegistered);
  }

  async #startAgain({ kind, because }: RestartWay): Promise<void> {
    const { session, family } = this.#parts;
    if (family.saysGoodbye) await Promise.all(this.#registered().map((each) => each.unregister()));
    session.restarts++;
    session.lastStart = `reset-${kind}`;
    this.#settle.end(
      kind === 'restart'
        ? { kind: 'again', because }
        : { kind: 'reboot', because, waitMs: family.resetMs, isOrdered: true },
    );
  }

  #changed(): void {
    this.#parts.session.lines = this.#registrations.map(({ lineState }) => lineState);
    const end = endOf(this.#parts, this.#settings, this.#registrations);
    if (end) this.#settle.end(end);
  }
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
    return {
      kind: 'stuck',
      display,
      because: `line ${lost.line.name}: ${lost.lineState.because ?? ''}`,
    };
  const isThere = !settings.registers || registrations.every(({ isRegistered }) => isRegistered);
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
