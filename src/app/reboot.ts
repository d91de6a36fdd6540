import { lookup } from 'node:dns/promises';
import { randomBytes } from 'node:crypto';
import type { RebootOptions, RebootResult } from '../cli/operations.ts';
import type { Clock } from '../core/clock.ts';
import { AppError } from '../errors.ts';
import { families } from '../families/index.ts';
import type { Restart } from '../model/restart.ts';
import { noRateLimit } from '../servers/rate-limit.ts';
import { sourceTowards, startSipServer } from '../servers/sip/server.ts';
import { restartWay, sendRestart, type RestartResult, type Via } from './sip/send-restart.ts';
import type { OpenWorkspace } from './workspace.ts';
import type { Mac } from '../wire/mac.ts';

/** In milliseconds. */
const looks = 100;
/** For a server to take it up. */
const takenWithin = 3000;
/** For it to say what came of it: longer than a NOTIFY is repeated (64 times T1). */
const endedWithin = 45_000;

export type RebootParts = {
  readonly workspace: OpenWorkspace;
  readonly clock: Clock;
  pause(ms: number): Promise<void>;
};

/**
 * Asks one phone to restart: through the proxy that is named, else by the server of this workspace
 * that phones register with, and where none runs from a port of this command's own.
 */
export async function reboot(
  parts: RebootParts,
  mac: Mac,
  options: RebootOptions,
): Promise<RebootResult> {
  const { workspace, clock } = parts;
  const { store, layersFor } = workspace;
  const { kind } = options;
  const about = { store, families, layersFor, clock, mac, kind };
  const { way } = await restartWay(about);
  if (way.kind === 'cannot')
    return { mac, outcome: 'cannot', text: way.because, instead: way.instead };
  const via = options.via === undefined ? undefined : await viaOf(options.via, options);
  // The phone must find another word than its own in syncinfo.xml before it is asked to look.
  const token = `restart-${randomBytes(8).toString('hex')}`;
  const restart: Restart = {
    ...{ mac, askedAt: clock.now(), kind, token, text: '' },
    state: via ? 'sending' : 'asked',
  };
  if (options.prepare === true) {
    const text = 'whoever it is registered with is to ask it';
    await store.restartPut({ ...restart, state: 'sent', text });
    return { mac, outcome: 'prepared', text };
  }
  await store.restartPut(restart);
  const byServer = via ? undefined : await leftToServer(parts, restart);
  const result = byServer ?? (await sentFromHere(about, via));
  if (!byServer) await keep(parts, restart, result);
  return { mac, ...result };
}

/** What the server said of it; undefined where none took it up, so that it is for us to send. */
async function leftToServer(
  { workspace: { store }, pause }: RebootParts,
  { mac, token }: Restart,
): Promise<RestartResult | undefined> {
  for (let waited = 0; waited <= endedWithin; waited += looks) {
    await pause(looks);
    const now = await store.restartGet(mac);
    // It has started again, or somebody asked anew.
    if (now?.token !== token) return { outcome: 'taken', text: 'it has started again' };
    if (now.state === 'sent') return { outcome: 'taken', text: now.text };
    if (now.state === 'failed') return { outcome: 'refused', text: now.text };
    if (now.state === 'asked' && waited >= takenWithin) {
      await store.restartPut({ ...now, state: 'sending' });
      return undefined;
    }
  }
  return { outcome: 'silent', text: 'the server has not said what came of it' };
}

/** What the phone did not take must not restart it when it asks for another reason. */
async function keep(
  { workspace: { store } }: RebootParts,
  restart: Restart,
  { outcome, text }: RestartResult,
): Promise<void> {
  const now = await store.restartGet(restart.mac);
  if (now?.token !== restart.token) return;
  await store.restartPut({ ...restart, state: outcome === 'taken' ? 'sent' : 'failed', text });
}

async function sentFromHere(
  about: Parameters<typeof restartWay>[0],
  via: Via | undefined,
): Promise<RestartResult> {
  const { store, clock, mac } = about;
  const bound = (await store.bindingList()).find((each) => each.mac === mac);
  const tie = (await store.tieList()).find((each) => each.mac === mac);
  const towards = via?.address ?? bound?.received.address ?? tie?.address;
  if (towards === undefined)
    return {
      outcome: 'cannot',
      text: 'nobody here knows its address: it is not registered here and has asked for no file',
      instead: 'name the proxy that it is registered with: --via HOST:PORT',
    };
  const nobody = { status: 404, reason: 'Not Found' };
  const sender = await startSipServer({
    ...{ host: await sourceTowards(towards), port: 0, now: () => clock.now() },
    ...{ limit: noRateLimit, newToken: () => randomBytes(8).toString('hex') },
    handler: { register: () => Promise.resolve(nobody), knows: () => Promise.resolve(false) },
  });
  try {
    return await sendRestart({ ...about, sender, via });
  } finally {
    await sender.stop();
  }
}

async function viaOf(text: string, { user, password }: RebootOptions): Promise<Via> {
  const [, host = '', port = '5060'] = /^([^:]+)(?::(\d+))?$/.exec(text) ?? [];
  if (host === '' || Number(port) < 1 || Number(port) > 65_535)
    throw new AppError('wrong-usage', `--via "${text}": write it as HOST or HOST:PORT`);
  const { address } = await lookup(host, 4).catch((cause: unknown) => {
    throw new AppError('not-found', `--via ${host}: no such host`, { cause });
  });
  const credentials = user === undefined ? undefined : { username: user, password: password ?? '' };
  return { host, address, port: Number(port), credentials };
}
