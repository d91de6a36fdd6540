import { isIPv4 } from '../../wire/ipv4.ts';
import { sharedSipSettings } from '../cisco-shared/sip-parameters.ts';
import { codecNamed, hostNamed, numberIn, switchedOn } from '../cisco-shared/sip-values.ts';
import type { SipLine, SipSettings } from '../sip/sip-settings.ts';

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
  const codec = codecNamed(value('preferred_codec'), 'PCMU');
  const nat = value('nat_address') ?? '';
  return {
    ...sharedSipSettings(value),
    lines: linesIn(value, lineCount[model]),
    registers: value('proxy_register') === '1',
    nat: {
      isEnabled: value('nat_enable') === '1',
      address: isIPv4(nat) || /[a-z]/i.test(nat) ? nat : '',
      usesReceived: value('nat_received_processing') === '1',
    },
    ...(codec && { codec }),
  };
}

type Value = (key: string) => string | undefined;

/** Without a proxy of its own a line has that of the first, and its credentials. */
function linesIn(value: Value, count: number): readonly SipLine[] {
  const first = hostNamed(value('proxy1_address'), value('proxy1_port'));
  const answering = numberIn(value('auto_answer'), 0, { least: 0 });
  return Array.from({ length: count }, (_, at) => at + 1).flatMap((number) => {
    const own = (key: string) => value(`line${number}_${key}`);
    const name = own('name');
    const proxy = hostNamed(value(`proxy${number}_address`), value(`proxy${number}_port`)) ?? first;
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
