import { instanceOf } from '../cisco-shared/sip-instance.ts';
import type { SipFamily } from '../sip/sip-family.ts';
import type { SipWords } from '../sip/sip-words.ts';
import type { SipSession } from '../sip/twin-sip.ts';
import { isBefore, javaLoad, type Release } from './load-name.ts';
import type { JavaPhone } from './phone.ts';
import { isInCallManagerMode, sipSettings } from './sip-settings.ts';
import { durations } from './timing.ts';

/** Cisco's SIP stack as published: in CallManager mode, from 8.0 on. */
const firstWithServiceControl: Release = [8, 0, 0, 0];

/** What the SIP load in flash makes of SIP; undefined where the phone runs another one. */
export function sipFamily(phone: JavaPhone, session: SipSession): SipFamily | undefined {
  const { load, settings } = phone.flash();
  const running = javaLoad(load?.name ?? '');
  if (running?.protocol !== 'SIP') return undefined;
  const hasControl =
    isInCallManagerMode(settings) && !isBefore(running.release, firstWithServiceControl);
  return {
    image: running.name,
    words: wordsOf(phone, running.name, running.release, session),
    settings: sipSettings(settings),
    // They know no syncinfo.xml; sites restart them so (Asterisk's sip_notify.conf, cisco-check-cfg).
    // That they wait for the end of calls is our assumption.
    checkSync: {
      idleMs: 0,
      decide: () => Promise.resolve({ restarts: true, because: 'check-sync restarts it' }),
    },
    ...(hasControl && {
      serviceControl: { versionStamp: settings.versionStamp ?? '', load: running.name },
    }),
    saysGoodbye: true,
    resetMs: durations.powerOnToFirstRequest.ms,
  };
}

/**
 * A REGISTER of a 7970 with SIP70.8-4-2 in Cisco Unified Communications Manager's feature guides,
 * "Bulk registration"; reports of other models. That the User-Agent has the first three numbers of the
 * load is our assumption: `Cisco-CP7942G/8.5.3` and `Cisco-CP7970G/8.4.0` were seen.
 */
function wordsOf(
  { mac, model }: JavaPhone,
  load: string,
  [major, minor, maintenance]: Release,
  session: SipSession,
): SipWords {
  const [, number = '', suffix = ''] = /^(\d+)G?(.*)$/.exec(model.name) ?? [];
  const release = major === 8 && minor === 0 ? '8.0' : `${major}.${minor}.${maintenance}`;
  const alarm = () => `cisco-alarm:23 Name=SEP${mac} Load=${load} Last=${session.lastStart}`;
  return {
    userAgent: `Cisco-CP${number}G${suffix}/${release}`,
    contactUri: ';transport=udp',
    contact: instanceOf(mac, model.number),
    registerHeaders: () => [
      { name: 'Supported', value: supported.join(',') },
      { name: 'Reason', value: `SIP;cause=200;text="${alarm()}"` },
    ],
    extensions: ['replaces', 'join', 'norefersub'],
    sessionUser: 'Cisco-SIPUA',
  };
}

const supported = [
  ...['replaces', 'join', 'norefersub', 'extended-refer', 'X-cisco-callinfo'],
  ...['X-cisco-serviceuri', 'X-cisco-escapecodes', 'X-cisco-service-control'],
  ...['X-cisco-srtp-fallback', 'X-cisco-monrec', 'X-cisco-config', 'X-cisco-sis-3.0.0'],
  'X-cisco-xsi-7.0.1',
];
