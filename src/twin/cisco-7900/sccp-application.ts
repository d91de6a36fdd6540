import { callManagerIn, localeFiles, readXml } from './configuration.ts';
import type { BootEnd } from '../boots.ts';
import type { Phone, Stage } from './phone.ts';
import { durations, roundsForEver } from './timing.ts';
import { type Upgrade, wants } from './upgrade.ts';

/** `again`: no CallManager is known. */
type Round =
  | { readonly kind: 'end'; readonly end: BootEnd }
  | { readonly kind: 'again'; readonly pause: { readonly ms: number } };

/** An SCCP image, with and without loader: CTLSEP only with one. It tries for ever. */
export async function runSccpApplication(
  phone: Phone,
  stage: Stage,
  upgrade: Upgrade,
): Promise<BootEnd> {
  const display = 'Configuring CM List';
  phone.show(display);
  for (let number = 1; ; number++) {
    const round = await ask(phone, stage, upgrade, number);
    if (round.kind === 'end') return round.end;
    if (number === roundsForEver)
      return { kind: 'stuck', display: phone.failure() ?? display, because: 'no CallManager' };
    await phone.sleep(round.pause);
    if (round.pause === durations.sccpSilence) await phone.reconnect();
  }
}

async function ask(phone: Phone, stage: Stage, upgrade: Upgrade, number: number): Promise<Round> {
  if (phone.flash().loader !== undefined) await stage.read(`CTLSEP${phone.mac}.tlv`);
  const own = await stage.read(`SEP${phone.mac}.cnf.xml`);
  if (own.kind === 'silent') return { kind: 'again', pause: durations.sccpSilence };
  if (own.kind === 'file') return askOwn(phone, stage, upgrade, own.bytes);
  const common = await stage.read('XMLDefault.cnf.xml');
  if (common.kind === 'silent') return { kind: 'again', pause: durations.sccpSilence };
  if (common.kind === 'error') return { kind: 'again', pause: durations.sccpAgain };
  const { wish, root } = readXml(common.bytes, phone.modelNumber);
  // With a loader, the second reading counts: four times in the log of twelve phones of 2021.
  const isTooSoon = phone.flash().loader !== undefined && number === 1;
  if (isTooSoon && wish.kind === 'image' && wants(phone, wish.image))
    return { kind: 'again', pause: durations.sccpAgain };
  const end = wish.kind === 'image' ? await upgrade(wish.image) : undefined;
  if (end !== undefined) return { kind: 'end', end };
  if (callManagerIn(root) === '') return { kind: 'again', pause: durations.sccpAgain };
  return { kind: 'end', end: registering(phone) };
}

async function askOwn(
  phone: Phone,
  stage: Stage,
  upgrade: Upgrade,
  bytes: Uint8Array,
): Promise<Round> {
  const { wish, root } = readXml(bytes, phone.modelNumber);
  if (root === undefined) return { kind: 'again', pause: durations.sccpAgain };
  const end = wish.kind === 'image' ? await upgrade(wish.image) : undefined;
  if (end !== undefined) return { kind: 'end', end };
  for (const file of localeFiles(root)) await stage.read(file);
  return { kind: 'end', end: registering(phone) };
}

function registering(phone: Phone): BootEnd {
  return { kind: 'idle', display: phone.failure() ?? 'Registering' };
}
