import { usualSipPort, type SipSettings } from '../sip/sip-settings.ts';
import { hostNamed, mediaPortsFrom, numberIn, switchedOn, userInfoNamed } from './sip-values.ts';

/** What the files of both families say, by its names on the 7940 and 7960. */
export type SipParameter =
  | 'anonymous_call_block'
  | 'dnd_control'
  | 'dtmf_avt_payload'
  | 'dtmf_outofband'
  | 'end_media_port'
  | 'outbound_proxy'
  | 'outbound_proxy_port'
  | 'proxy_backup'
  | 'proxy_backup_port'
  | 'proxy_emergency'
  | 'proxy_emergency_port'
  | 'sip_invite_retx'
  | 'sip_retx'
  | 'start_media_port'
  | 'timer_invite_expires'
  | 'timer_register_delta'
  | 'timer_register_expires'
  | 'timer_t1'
  | 'timer_t2'
  | 'user_info'
  | 'voip_control_port';

type Value = (parameter: SipParameter) => string | undefined;

/** What both families take alike. Words out of range leave the default. */
export function sharedSipSettings(value: Value) {
  const userInfo = userInfoNamed(value('user_info'));
  return {
    ...proxies(value),
    registerSeconds: numberIn(value('timer_register_expires'), 3600),
    registerDelta: numberIn(value('timer_register_delta'), 5, { least: 0 }),
    inviteSeconds: numberIn(value('timer_invite_expires'), 180),
    timing: timing(value),
    ...(userInfo && { userInfo }),
    controlPort: numberIn(value('voip_control_port'), usualSipPort, { least: 1025, most: 65_535 }),
    mediaPorts: mediaPortsFrom(value('start_media_port'), value('end_media_port')),
    ...(value('dtmf_outofband') !== 'none' && {
      digits: numberIn(value('dtmf_avt_payload'), 101, { least: 96, most: 127 }),
    }),
    isDisturbed: switchedOn(value('dnd_control'), false),
    takesAnonymous: !switchedOn(value('anonymous_call_block'), false),
  } satisfies Partial<SipSettings>;
}

function proxies(value: Value) {
  const [backup, emergency, outbound] = [
    hostNamed(value('proxy_backup'), value('proxy_backup_port')),
    hostNamed(value('proxy_emergency'), value('proxy_emergency_port')),
    hostNamed(value('outbound_proxy'), value('outbound_proxy_port')),
  ];
  return {
    ...(backup && { backup }),
    ...(emergency && { emergency }),
    ...(outbound && { outbound }),
  };
}

function timing(value: Value): SipSettings['timing'] {
  const t1 = numberIn(value('timer_t1'), 500);
  return {
    t1,
    t2: Math.max(numberIn(value('timer_t2'), 4000), t1),
    t4: 5000,
    inviteRetransmissions: numberIn(value('sip_invite_retx'), 6),
    requestRetransmissions: numberIn(value('sip_retx'), 10),
  };
}
