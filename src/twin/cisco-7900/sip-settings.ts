import { isIPv4 } from '../../wire/ipv4.ts';
import {
  codecNamed,
  mediaPortsFrom,
  numberIn,
  switchedOn,
  userInfoNamed,
  usualSipPort,
  type SipHost,
  type SipLine,
  type SipSettings,
} from '../sip/sip-settings.ts';

type Kept = Readonly<Record<string, string>>;

const lineCount = { '7940': 2, '7960': 6 } as const;
const unprovisioned = /^(unprovisioned)?$/i;

/**
 * What `SIPDefault.cnf` and `SIP<MAC>.cnf` say: Cisco SIP IP Phone Administrator Guide 4.4, tables
 * 3-3 and 3-4. Words out of range leave the default.
 */
export function sipSettings(kept: Kept, model: '7940' | '7960'): SipSettings {
  const value = (key: string) => {
    const text = kept[key]?.trim() ?? '';
    return unprovisioned.test(text) ? undefined : text;
  };
  const t1 = numberIn(value('timer_t1'), 500);
  const [backup, emergency, outbound] = [
    host(value('proxy_backup'), value('proxy_backup_port')),
    host(value('proxy_emergency'), value('proxy_emergency_port')),
    host(value('outbound_proxy'), value('outbound_proxy_port')),
  ];
  const [userInfo, codec] = [
    userInfoNamed(value('user_info')),
    codecNamed(value('preferred_codec'), 'PCMU'),
  ];
  const nat = value('nat_address') ?? '';
  return {
    lines: linesIn(value, lineCount[model]),
    registers: value('proxy_register') === '1',
    ...(backup && { backup }),
    ...(emergency && { emergency }),
    ...(outbound && { outbound }),
    registerSeconds: numberIn(value('timer_register_expires'), 3600),
    registerDelta: numberIn(value('timer_register_delta'), 5, { least: 0 }),
    inviteSeconds: numberIn(value('timer_invite_expires'), 180),
    timing: {
      t1,
      t2: Math.max(numberIn(value('timer_t2'), 4000), t1),
      t4: 5000,
      inviteRetransmissions: numberIn(value('sip_invite_retx'), 6),
      requestRetransmissions: numberIn(value('sip_retx'), 10),
    },
    ...(userInfo && { userInfo }),
    controlPort: numberIn(value('voip_control_port'), usualSipPort, { least: 1025, most: 65_535 }),
    nat: {
      isEnabled: value('nat_enable') === '1',
      address: isIPv4(nat) || /[a-z]/i.test(nat) ? nat : '',
      usesReceived: value('nat_received_processing') === '1',
    },
    mediaPorts: mediaPortsFrom(value('start_media_port'), value('end_media_port')),
    ...(codec && { codec }),
    ...(value('dtmf_outofband') !== 'none' && {
      digits: numberIn(value('dtmf_avt_payload'), 101, { least: 96, most: 127 }),
    }),
    isDisturbed: switchedOn(value('dnd_control'), false),
    takesAnonymous: !switchedOn(value('anonymous_call_block'), false),
  };
}

type Value = (key: string) => string | undefined;

/** Without a proxy of its own a line has that of the first, and its credentials. */
function linesIn(value: Value, count: number): readonly SipLine[] {
  const first = host(value('proxy1_address'), value('proxy1_port'));
  const answering = numberIn(value('auto_answer'), 0, { least: 0 });
  return Array.from({ length: count }, (_, at) => at + 1).flatMap((number) => {
    const own = (key: string) => value(`line${number}_${key}`);
    const name = own('name');
    const proxy = host(value(`proxy${number}_address`), value(`proxy${number}_port`)) ?? first;
    if (name === undefined || proxy === undefined) return [];
    return {
      ...{ number, name, contact: name, proxy },
      displayName: own('displayname') ?? '',
      authName: own('authname') ?? value('line1_authname') ?? '',
      password: own('password') ?? value('line1_password') ?? '',
      takesSecondCall: switchedOn(value('call_waiting'), true),
      // A bit for each line; that it takes a second is our assumption.
      ...(((answering >> (number - 1)) & 1) === 1 && { autoAnswerMs: 1000 }),
    };
  });
}

function host(address: string | undefined, port: string | undefined): SipHost | undefined {
  if (address === undefined) return undefined;
  return { host: address, port: numberIn(port, usualSipPort, { most: 65_535 }) };
}
