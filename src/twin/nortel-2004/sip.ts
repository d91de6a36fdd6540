import type { SipFamily } from '../sip/sip-family.ts';
import type { SipHost, SipLine, SipSettings } from '../sip/sip-settings.ts';
import type { SipWords } from '../sip/sip-words.ts';
import type { NortelMemory } from './nortel-memory.ts';
import { serverNamed, sipAction } from './nortel-memory.ts';
import type { PhoneUser } from './phone.ts';
import { isYes } from './sys-settings.ts';
import { durations } from './timing.ts';

type Login = NonNullable<PhoneUser['login']>;

/** `SIP_PING` three times in vain: SIP Software for the 1140E, parameters. */
const pingFailures = 3;

/** Of the phone's own port. */
const controlPort = 5060;

const staysUp = {
  restarts: false,
  because: 'no document says that a 2004 restarts by it',
} as const;
const restartsBySync = { restarts: true, because: 'check-sync restarts it' } as const;

/** What a SIP load makes of SIP once somebody has logged in; undefined where no server is known. */
export function sipFamily(
  memory: NortelMemory,
  login: Login,
  replaced: SipHost | undefined,
  restarts = false,
): SipFamily | undefined {
  const proxy = replaced ?? sipServer(memory, 'S1');
  if (proxy === undefined) return undefined;
  return {
    image: memory.image ?? '',
    words: wordsOf(memory),
    settings: sipSettings(memory, login, proxy),
    // No document says what it does; with the option it is like phones of the 1100 series.
    checkSync: { idleMs: 0, decide: () => Promise.resolve(restarts ? restartsBySync : staysUp) },
    ...(isYes(memory.settings.SIP_PING) && {
      heartbeat: { everyMs: durations.sipPing.ms, failures: pingFailures },
    }),
    saysGoodbye: false,
    resetMs: durations.powerOnToFirstRequest.ms,
  };
}

function sipServer(memory: NortelMemory, name: string): SipHost | undefined {
  const server = serverNamed(memory, name);
  return server?.action === sipAction ? { host: server.address, port: server.port } : undefined;
}

/** What it calls itself is our assumption, after phones of the 1100 series. */
function wordsOf({ image = '' }: NortelMemory): SipWords {
  return {
    userAgent: `Nortel IP Phone 2004 (${image})`,
    ...{ contactUri: '', contact: '', extensions: [], sessionUser: '-' },
    registerHeaders: () => [],
  };
}

/** RFC 3261's usual times, and an hour: our assumption. */
function sipSettings(memory: NortelMemory, login: Login, proxy: SipHost): SipSettings {
  const { settings } = memory;
  const backup = sipServer(memory, 'S2');
  const domain = settings.SIP_DOMAIN1 ?? '';
  const { user: name, password } = login;
  const line: SipLine = {
    ...{ number: 1, name, contact: name, displayName: '', authName: name, password, proxy },
    ...(domain !== '' && { domain }),
    takesSecondCall: true,
  };
  return {
    lines: [line],
    registers: true,
    ...(backup && { backup }),
    ...{ registerSeconds: 3600, registerDelta: 5, inviteSeconds: 180, controlPort },
    timing: { t1: 500, t2: 4000, t4: 5000, inviteRetransmissions: 6, requestRetransmissions: 10 },
    nat: { isEnabled: false, address: '', usesReceived: false },
    mediaPorts: { first: 16_384, last: 32_766 },
    codec: settings.DEF_AUDIO_QUALITY?.toLowerCase() === 'low' ? 'G729' : 'PCMU',
    ...{ digits: 101, isDisturbed: false, takesAnonymous: true },
  };
}
