import type { UnistimCommand } from '../../codec/unistim/unistim-command.ts';
import type { Mac } from '../../wire/mac.ts';
import { firmwareOf } from '../../codec/unistim/command-words.ts';

/** What a phone has said of itself so far. */
export type Identity = {
  readonly mac?: Mac;
  readonly firmware?: string;
  readonly itType?: number;
};

const queries = { firmware: 0x04, hardwareId: 0x08, type: 0x10 } as const;
const allAudio = Uint8Array.of(0x80, 0x00);
const msPerMinute = 60_000;
const longestFirmware = 32;

/** The first question, when the phone has said hello. */
export const askWho: UnistimCommand = { kind: 'query-basic-manager', query: queries.hardwareId };

export type Welcome = {
  readonly terminalId: number;
  readonly watchdogSeconds: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly utcOffsetMinutes: number;
};

/**
 * What is said when the phone has told its hardware id: a packet each. The order is that of Asterisk's
 * channel driver, the only one that real phones are known to follow.
 */
export function welcome(options: Welcome): readonly (readonly UnistimCommand[])[] {
  return [
    [{ kind: 'assign-terminal-id', terminalId: options.terminalId }],
    [{ kind: 'query-basic-manager', query: queries.firmware }],
    [{ kind: 'query-basic-manager', query: queries.type }],
    [
      timeAndDate(options.at + options.utcOffsetMinutes * msPerMinute),
      { kind: 'contrast', level: 7 },
      { kind: 'key-manager-options', options: 0 },
      { kind: 'key-repeat-timers', first: 0x3e, second: 0x0f },
      { kind: 'query-audio-manager', data: allAudio },
      { kind: 'reset-watchdog', seconds: options.watchdogSeconds },
    ],
  ];
}

/** What is known of the phone after it has said this too. */
export function identityAfter(identity: Identity, command: UnistimCommand): Identity {
  if (command.kind === 'hardware-id') return { ...identity, mac: command.mac };
  if (command.kind === 'it-type') return { ...identity, itType: command.type };
  if (command.kind !== 'firmware-version') return identity;
  return { ...identity, firmware: printable(firmwareOf(command)) };
}

function timeAndDate(localMs: number): UnistimCommand {
  const local = new Date(localMs);
  return {
    kind: 'time-and-date',
    year: local.getUTCFullYear() % 100,
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
  };
}

function printable(text: string): string {
  return text.replace(/[^\x21-\x7e]/g, '').slice(0, longestFirmware);
}
