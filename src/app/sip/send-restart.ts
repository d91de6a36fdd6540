import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { notifyVerdict, type NotifyVerdict } from '../../core/restart/answer-words.ts';
import type { NotifyTarget } from '../../core/restart/notify-request.ts';
import {
  targetAtAddress,
  targetOfBinding,
  targetThroughProxy,
} from '../../core/restart/restart-target.ts';
import { sendNotify, type NotifySender } from '../../core/restart/send-notify.ts';
import { ownedLines } from '../../core/sip/owned-line.ts';
import { modelOf } from '../../core/view.ts';
import type { Credentials } from '../../codec/sip/digest.ts';
import type { Binding } from '../../model/binding.ts';
import type { RestartWay } from '../../model/family-restart.ts';
import type { PhoneFamily } from '../../model/family.ts';
import type { Phone } from '../../model/phone.ts';
import type { RestartKind } from '../../model/restart.ts';
import { effectiveSettings, type SettingLayer } from '../../model/settings.ts';
import type { Store } from '../../model/store.ts';
import type { Mac } from '../../wire/mac.ts';

/** A proxy to send through. */
export type Via = {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly credentials?: Credentials | undefined;
};

export type SendRestartParts = {
  readonly store: Store;
  readonly families: readonly PhoneFamily[];
  readonly layersFor: (phone: Phone) => readonly SettingLayer[];
  readonly clock: Pick<Clock, 'now'>;
  readonly sender: NotifySender;
  readonly mac: Mac;
  readonly kind: RestartKind;
  readonly via?: Via | undefined;
};

/** `cannot`: the phone knows no such request, or nobody knows where it is. */
export type RestartResult =
  NotifyVerdict | { readonly outcome: 'cannot'; readonly text: string; readonly instead?: string };

/** What the phone would be sent; or why nothing can be. */
export async function restartWay(
  parts: Omit<SendRestartParts, 'sender' | 'via'>,
): Promise<{ readonly way: RestartWay; readonly phone: Phone; readonly bound?: Binding }> {
  const { store, families, layersFor, clock, mac, kind } = parts;
  const phone = await store.phoneGet(mac);
  const family = families.find(({ id }) => id === phone?.family);
  if (!phone || !family?.restart) return { way: unknownWay, phone: phone as Phone };
  const now = clock.now();
  const live = (await store.bindingList()).filter(
    (each) => each.mac === mac && each.expiresAt > now,
  );
  const [bound] = live.toSorted((a, b) => b.registeredAt - a.registeredAt);
  const settings = effectiveSettings(layersFor(phone));
  const registerCallId = bound?.callId;
  const model = modelOf(phone, family);
  const way = family.restart.way({ phone, model, settings, kind, registerCallId });
  return { way, phone, ...(bound && { bound }) };
}

const unknownWay: RestartWay = {
  kind: 'cannot',
  because: 'nothing from here can restart phones of this kind',
  instead: 'take its power away',
};

const noSession: RestartResult = {
  outcome: 'cannot',
  text: 'it is asked over its UNIStim session, and no server of this workspace took that up',
  instead: 'hookflash serve --unistim HOST:PORT, with the phone registered there',
};

/** Finds where the phone is and sends it the request. */
export async function sendRestart(parts: SendRestartParts): Promise<RestartResult> {
  const { way, phone, bound } = await restartWay(parts);
  if (way.kind === 'cannot') return { outcome: 'cannot', text: way.because, instead: way.instead };
  if (way.kind === 'session') return noSession;
  const target = await targetFor(parts, phone, bound);
  if (!target)
    return {
      outcome: 'cannot',
      text: 'nobody here knows its address: it is not registered here and has asked for no file',
      instead: 'name the proxy that it is registered with: --via HOST:PORT',
    };
  const { sender, via } = parts;
  const newToken = () => randomBytes(12).toString('hex');
  const { credentials } = via ?? {};
  const end = await sendNotify({ sender, way, target, credentials, newToken });
  return notifyVerdict(end, way.does);
}

async function targetFor(
  { store, families, layersFor, via, mac }: SendRestartParts,
  phone: Phone,
  bound: Binding | undefined,
): Promise<NotifyTarget | undefined> {
  const family = families.find(({ id }) => id === phone.family);
  const [line] = ownedLines(phone, family, layersFor(phone));
  const user = line?.user ?? bound?.user ?? mac;
  if (via) return targetThroughProxy(user, via);
  if (bound) return targetOfBinding(bound);
  const seen = (await store.tieList()).filter((tie) => tie.mac === mac);
  const [last] = seen.toSorted((a, b) => b.seenAt - a.seenAt);
  return last && targetAtAddress(user, last.address);
}
