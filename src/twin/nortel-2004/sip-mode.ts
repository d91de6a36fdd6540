import type { BootEnd } from '../boots.ts';
import { newSipSession } from '../sip/boot-with-sip.ts';
import { runSip } from '../sip/run-sip.ts';
import type { SipSession, TwinSip } from '../sip/twin-sip.ts';
import { languageName } from './language-file.ts';
import type { NortelPhone } from './phone.ts';
import { provision } from './provisioning.ts';
import { sipFamily } from './sip.ts';
import { loginPrompt, nextUpdate, withBanner, withProfile } from './sys-settings.ts';
import { durations } from './timing.ts';

export { newSipSession };

/**
 * SIP firmware from its first request on: what the TFTP server has, then the login screen, then the
 * registration of who logs in. NN42020-202, sections 4 and 5.
 */
export async function runSipMode(phone: NortelPhone, session: SipSession): Promise<BootEnd> {
  phone.turnTo('SIP');
  const end = await provision(phone);
  if (end !== undefined) return end;
  phone.keep(withBanner(phone.flash()));
  phone.tell({ kind: 'stage', text: `language ${languageOf(phone)}` });
  phone.show(loginPrompt(phone.flash().settings));
  return rest(phone, session);
}

/** DEF_LANG, where that file was fetched; else English. */
function languageOf(phone: NortelPhone): string {
  const { settings, cached } = phone.flash();
  const wanted = settings.DEF_LANG ?? '';
  const name = languageName(cached.language?.file ?? '');
  return name !== '' && name.toLowerCase() === wanted.toLowerCase() ? wanted : 'English';
}

/** At the login screen or registered, until it starts again or was waited for. */
async function rest(phone: NortelPhone, session: SipSession): Promise<BootEnd> {
  const { sip } = phone.parts;
  const display = phone.failure() ?? loginPrompt(phone.flash().settings);
  if (sip === undefined) return { kind: 'idle', display };
  const leaving = new AbortController();
  const signals = [leaving.signal, ...(sip.stopped ? [sip.stopped] : [])];
  const stopped = AbortSignal.any(signals);
  const { promise: failed, reject } = Promise.withResolvers<never>();
  const forget = phone.keepAddress(reject);
  const speaking = speak(phone, { ...sip, stopped }, session, display);
  const updated = sip.until === 'stay' ? updates(phone, stopped) : never();
  try {
    return await Promise.race([speaking, updated, failed]);
  } finally {
    forget();
    leaving.abort();
    await speaking.catch(() => undefined);
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

/** Somebody logs in, and the phone registers; nobody does where it is not said. */
async function speak(
  phone: NortelPhone,
  sip: TwinSip,
  session: SipSession,
  display: string,
): Promise<BootEnd> {
  const { user, mac, hooks } = phone.parts;
  const { login } = user;
  const { network, clock, random, signal } = phone.around;
  if (login !== undefined) await clock.sleep(durations.logIn.ms, signal);
  const family = login && sipFamily(phone.flash(), login, sip.proxy, phone.faults.restartsBySync);
  if (login === undefined || family === undefined)
    return sip.until === 'stay' ? untilStopped(sip, display) : { kind: 'idle', display };
  phone.keep(withProfile(phone.flash(), login.user));
  const { banner = '' } = phone.flash();
  phone.show(banner);
  const end = await runSip({
    ...{ mac, sip, session, family, network, clock, random, signal },
    display: banner,
    faults: hooks.sip ?? {},
    tell: phone.tell,
  });
  if (end.kind !== 'again') return end;
  const { ms: waitMs } = durations.powerOnToFirstRequest;
  return { kind: 'reboot', because: end.because, waitMs, isOrdered: true };
}

function untilStopped({ stopped }: TwinSip, display: string): Promise<BootEnd> {
  const { promise, resolve } = Promise.withResolvers<BootEnd>();
  const stop = () => resolve({ kind: 'idle', display });
  if (stopped?.aborted === true) stop();
  stopped?.addEventListener('abort', stop, { once: true });
  return promise;
}

/**
 * AUTO_UPDATE: asks the TFTP server once a day. Resolves when firmware was stored, and else never. In
 * real time, as everything that others count too.
 */
async function updates(phone: NortelPhone, stopped: AbortSignal): Promise<BootEnd> {
  const { clock, random } = phone.around;
  for (;;) {
    const at = nextUpdate(phone.flash().settings, clock.now(), random);
    if (at === undefined) return never();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const callOff = clock.after(at - clock.now(), () => resolve(undefined), 'lasting');
    stopped.addEventListener('abort', callOff, { once: true });
    await promise;
    phone.tell({ kind: 'stage', text: 'AUTO_UPDATE' });
    const end = await provision(phone);
    if (end !== undefined) return end;
  }
}
