import type { Mac } from '../../wire/mac.ts';
import { commandWords, firmwareOf, uftpWords } from './command-words.ts';
import {
  looksLikeRudp,
  parseRudp,
  payloadTypes,
  resetSequence,
  type RudpFrame,
} from './rudp-frame.ts';
import type { UftpMessage } from './uftp.ts';
import type { UnistimCommand } from './unistim-command.ts';

/**
 * What a packet of UNIStim over RUDP says of a phone's boot, as far as captures show it; the rest
 * (keys, display, audio) is left out.
 */
export type UnistimSummary = {
  readonly from: 'phone' | 'server';
  /** `hello`, `firmware 0604D98`, `hardware id`, `download of …`; one for each command that matters. */
  readonly texts: readonly string[];
  readonly mac?: Mac;
  readonly firmware?: string;
};

/** Undefined for what is no UNIStim. Throws CodecError for a command that overruns its packet. */
export function summarizeUnistim(bytes: Uint8Array): UnistimSummary | undefined {
  if (!looksLikeRudp(bytes) || !knownPayloads.has(bytes[5] ?? -1)) return undefined;
  return summarizeFrame(parseRudp(bytes));
}

const knownPayloads: ReadonlySet<number> = new Set(Object.values(payloadTypes));

/** Undefined for a payload that says nothing. */
export function summarizeFrame(frame: RudpFrame): UnistimSummary | undefined {
  if (frame.type !== 'payload') {
    const from = frame.payloadType === payloadTypes.phone ? 'phone' : 'server';
    return { from, texts: [] };
  }
  const { payload, sequence } = frame;
  switch (payload.kind) {
    case 'uftp':
      return summaryOf(senderOf(payload.message), [uftpWords(payload.message)]);
    case 'server':
      return summaryOf('server', payload.commands.map(commandWords));
    case 'phone':
      return summarizePhone(payload.commands, sequence);
    case 'null':
    case 'free':
      return { from: 'server', texts: [] };
  }
}

function summarizePhone(commands: readonly UnistimCommand[], sequence: number): UnistimSummary {
  const texts = commands.map((command) =>
    command.kind === 'resume-connection' ? helloWords(sequence) : commandWords(command),
  );
  const mac = commands.find((each) => each.kind === 'hardware-id')?.mac;
  const report = commands.find((each) => each.kind === 'firmware-version');
  return {
    ...summaryOf('phone', texts),
    ...(mac === undefined ? {} : { mac }),
    ...(report === undefined ? {} : { firmware: firmwareOf(report) }),
  };
}

function helloWords(sequence: number): string {
  return sequence === resetSequence ? 'hello' : 'hello, with a sequence';
}

function summaryOf(
  from: 'phone' | 'server',
  texts: readonly (string | undefined)[],
): UnistimSummary {
  return { from, texts: texts.filter((text) => text !== undefined) };
}

/** Of commands without a name, as of others, the phone's have bit 7. */
function senderOf(message: UftpMessage): 'phone' | 'server' {
  if (message.kind === 'unknown') return message.command >= 0x80 ? 'phone' : 'server';
  return phoneMessages.has(message.kind) ? 'phone' : 'server';
}

const phoneMessages: ReadonlySet<string> = new Set([
  'connection-request',
  'connection-details',
  'flow-control-off',
]);
