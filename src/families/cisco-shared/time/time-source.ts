import type { ClockNote } from '../../../model/family-time.ts';
import type { ClockSettings } from './clock-settings.ts';

/** What a phone does to get the time. */
export type TimeSource = {
  readonly sends: 'nothing' | 'request to the server' | 'request to the broadcast address';
  readonly receives:
    | 'nothing'
    | 'answers of the server'
    | 'answers of the first that answered'
    | 'multicast and broadcast of any server'
    | 'multicast and broadcast of the server';
  /** How it goes on after the first answer. */
  readonly then?: 'unicast' | 'multicast';
};

type Modes = Readonly<Record<string, TimeSource>>;

const toAll = 'request to the broadcast address';
const toServer = 'request to the server';

/** Cisco SIP IP Phone Administrator Guide 4.4, table 3-7: `sntp_server` is 0.0.0.0. */
const withoutServer: Modes = {
  unicast: { sends: 'nothing', receives: 'nothing' },
  multicast: { sends: 'nothing', receives: 'multicast and broadcast of any server' },
  anycast: { sends: toAll, receives: 'answers of the first that answered', then: 'unicast' },
  directedbroadcast: {
    sends: toAll,
    receives: 'multicast and broadcast of any server',
    then: 'multicast',
  },
};

/** Table 3-8: `sntp_server` is an address. */
const withServer: Modes = {
  unicast: { sends: toServer, receives: 'answers of the server' },
  multicast: { sends: 'nothing', receives: 'multicast and broadcast of the server' },
  anycast: { sends: toServer, receives: 'answers of the server' },
  directedbroadcast: {
    sends: toServer,
    receives: 'multicast and broadcast of the server',
    then: 'multicast',
  },
};

/** Undefined for a mode that the tables do not have. An absent server is none. */
export function timeSource(mode: string, server: string): TimeSource | undefined {
  const modes = ['', '0.0.0.0', 'UNPROVISIONED'].includes(server) ? withoutServer : withServer;
  return Object.hasOwn(modes, mode) ? modes[mode] : undefined;
}

/** Says when the phone has no way to the time, so that all other settings of it are in vain. */
export function timeSourceNotes(settings: ClockSettings): readonly ClockNote[] {
  const mode = settings.get('sntp_mode')?.trim() ?? '';
  const source = timeSource(mode, settings.get('sntp_server')?.trim() ?? '');
  if (source?.receives !== 'nothing') return [];
  const text = `sntp_mode ${mode} without a server: the phone never gets the time`;
  return [{ code: 'no-time-source', text, key: 'sntp_server' }];
}
