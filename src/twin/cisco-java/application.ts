import type { BootEnd } from '../boots.ts';
import type { TransferResult } from '../tftp-client.ts';
import { installLoad } from './install-load.ts';
import { type JavaConfiguration, readConfiguration } from './java-configuration.ts';
import { javaLoad } from './load-name.ts';
import type { JavaPhone } from './phone.ts';
import { loopsOnWrongKey } from './signing-keys.ts';
import type { Stage } from './stage.ts';
import { durations, roundsForEver } from './timing.ts';
import { checkConfiguration, configurationSigner, readTrustLists } from './trust.ts';

/** `own`: it came from the phone's own file. */
type Found =
  | { readonly kind: 'configuration'; readonly own: boolean; readonly value: JavaConfiguration }
  | { readonly kind: 'none'; readonly because: string }
  | { readonly kind: 'silent' };

/** A phone with a load, from its first request on. It tries for ever. */
export async function runApplication(phone: JavaPhone): Promise<BootEnd> {
  const stage = phone.enter('application');
  phone.show('Configuring CM List');
  for (let round = 1; ; round++) {
    await readTrustLists(phone, stage);
    const found = await findConfiguration(phone, stage);
    const end = await act(phone, stage, found);
    if (end !== undefined) return end;
    if (round === roundsForEver) return withoutConfiguration(phone, found);
    await phone.sleep(durations.configurationAgain);
    if (found.kind === 'silent') await phone.reconnect();
  }
}

/** Undefined when the phone asks again. */
async function act(phone: JavaPhone, stage: Stage, found: Found): Promise<BootEnd | undefined> {
  if (found.kind !== 'configuration') return undefined;
  const { value, own } = found;
  const end = await upgrade(phone, stage, value.load);
  if (end !== undefined) return end;
  if (own) return settle(phone, stage, value);
  return value.callManager === '' ? undefined : registering(phone, value);
}

async function findConfiguration(phone: JavaPhone, stage: Stage): Promise<Found> {
  const own = await readOwn(phone, stage);
  if (own.kind === 'silent' || own.kind === 'configuration') return own;
  if (!phone.asksForDefault) return own;
  await phone.sleep(durations.betweenConfigurationFiles);
  const path = 'XMLDefault.cnf.xml';
  const common = await stage.read(path);
  return common.kind === 'file' ? configurationIn(phone, path, common.bytes, false) : own;
}

/** Signed where a trust list names a TFTP server. */
async function readOwn(phone: JavaPhone, stage: Stage): Promise<Found> {
  const signer = configurationSigner(phone);
  const path = `SEP${phone.mac}.cnf.xml${signer === undefined ? '' : '.sgn'}`;
  const result = await stage.read(path);
  if (result.kind !== 'file') return notFetched(path, result);
  if (signer === undefined) return configurationIn(phone, path, result.bytes, true);
  const checked = checkConfiguration(result.bytes, signer);
  if (checked.ok) return configurationIn(phone, path, checked.value, true);
  return { kind: 'none', because: `${path}: ${checked.because}` };
}

function notFetched(path: string, result: Exclude<TransferResult, { kind: 'file' }>): Found {
  if (result.kind === 'silent') return result;
  return { kind: 'none', because: `${path}: TFTP error ${result.code}` };
}

function configurationIn(phone: JavaPhone, path: string, bytes: Uint8Array, own: boolean): Found {
  const read = readConfiguration(bytes, phone.model.number);
  if (read.kind === 'configuration') return { ...read, own };
  return { kind: 'none', because: `${path}: ${read.because}` };
}

/**
 * Goes over to another load. Undefined when the phone stays on the one that it runs: the name is
 * the same or empty, or the load cannot be had.
 */
async function upgrade(phone: JavaPhone, stage: Stage, load: string): Promise<BootEnd | undefined> {
  if (load === '' || load === phone.flash().load?.name || phone.hasRefused(load)) return undefined;
  const installed = await installLoad(phone, stage, `${load}.loads`, () => load);
  switch (installed.kind) {
    case 'stored': {
      const { ms: waitMs } = durations.loadToFirstRequest;
      return { kind: 'reboot', because: `${load} was stored`, waitMs };
    }
    case 'unverified': {
      phone.refuse(load, installed.because);
      phone.showFailure(phone.model.authenticationFailure);
      if (!loopsOnWrongKey(phone.release)) return undefined;
      const { ms: waitMs } = durations.powerOnToFirstRequest;
      return { kind: 'reboot', because: `it cannot verify ${load}`, waitMs };
    }
    case 'failed':
      phone.refuse(load, installed.because);
      return undefined;
    case 'missing':
      phone.refuse(load, `${load}.loads is missing`);
      return undefined;
    case 'silent':
      return undefined;
  }
}

/** Reads what its own configuration names beside the load, and registers. */
async function settle(
  phone: JavaPhone,
  stage: Stage,
  configuration: JavaConfiguration,
): Promise<BootEnd> {
  await Promise.all([readNamed(phone, stage, configuration), setClock(phone, configuration)]);
  const { networkLocale, networkLocaleVersion, label, line, callManager } = configuration;
  const { locales } = phone.flash();
  phone.keep({
    ...phone.flash(),
    settings: { ...configuration.sip, label, line, callManager },
    ...(networkLocale !== '' && { locales: { ...locales, [networkLocale]: networkLocaleVersion } }),
  });
  return registering(phone, configuration);
}

async function readNamed(
  phone: JavaPhone,
  stage: Stage,
  configuration: JavaConfiguration,
): Promise<void> {
  for (const file of filesNamed(phone, configuration)) {
    await phone.sleep(durations.betweenConfigurationFiles);
    await stage.read(file);
  }
}

/** With SCCP the time comes from the CallManager. */
async function setClock(phone: JavaPhone, configuration: JavaConfiguration): Promise<void> {
  const { ntpMode: mode, ntpServer: server } = configuration;
  if (protocolOf(phone) === 'SIP') await phone.setClock({ mode, server });
}

/**
 * In the order of a 79xx with 9.x (pastebin.com/XEnTdXE9). A locale whose version is told and known
 * is not fetched again: our assumption. Ring lists are asked for when somebody looks at them.
 */
function filesNamed(phone: JavaPhone, configuration: JavaConfiguration): readonly string[] {
  const { networkLocale, networkLocaleVersion, dialTemplate, softKeyFile } = configuration;
  const { locales } = phone.flash();
  const isKnown = networkLocaleVersion !== '' && locales[networkLocale] === networkLocaleVersion;
  const tones = networkLocale === '' || isKnown ? [] : [`${networkLocale}/g3-tones.xml`];
  if (protocolOf(phone) !== 'SIP') return tones;
  const named = [dialTemplate, softKeyFile].filter((file) => file !== '');
  return [...tones, ...named, 'AppDialRules.xml'];
}

type Shown = Pick<JavaConfiguration, 'label' | 'line' | 'callManager'>;

function registering(phone: JavaPhone, { label, line }: Shown): BootEnd {
  if (protocolOf(phone) === 'SCCP') return idle('Registering');
  return idle(line === '' ? 'Phone Unprovisioned' : label || line);

  function idle(display: string): BootEnd {
    return { kind: 'idle', display: phone.failure() ?? display };
  }
}

/** With a silent server it works with what it has kept; our assumption. */
function withoutConfiguration(phone: JavaPhone, found: Found): BootEnd {
  const { label = '', line = '', callManager = '' } = phone.flash().settings;
  if (found.kind === 'silent' && (callManager !== '' || line !== ''))
    return registering(phone, { label, line, callManager });
  const display = phone.failure() ?? `TFTP Not Found : SEP${phone.mac}.cnf.xml`;
  if (found.kind === 'none') return { kind: 'stuck', display, because: found.because };
  const because =
    found.kind === 'silent' ? 'the TFTP server does not answer' : 'no CallManager is named';
  return { kind: 'stuck', display, because };
}

function protocolOf(phone: JavaPhone): 'SIP' | 'SCCP' {
  return javaLoad(phone.flash().load?.name ?? '')?.protocol ?? 'SCCP';
}
