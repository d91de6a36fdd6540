import type { CommandNamed, UnistimCommand, UnistimKind } from './unistim-command.ts';
import { downloadFlags } from './network-rows.ts';
import type { UftpMessage } from './uftp.ts';

/** Phone types that the phone reports. */
const types: Readonly<Record<number, string>> = {
  0x02: 'i2004',
  0x03: 'i2002',
  0x04: '2033 conference phone',
  0x10: '7308',
  0x11: 'i2050 soft phone',
  0x30: 'M6350',
};

/** `i2004`, or the number where it has no name. */
export function itTypeName(type: number): string {
  return types[type] ?? `0x${type.toString(16)}`;
}

type Words = {
  readonly [Kind in UnistimKind]?: (command: CommandNamed<Kind>) => string;
};

const words: Words = {
  'suspend-connection': () => 'suspends the connection',
  'soft-reset-ack': () => 'confirms a soft reset',
  'firmware-version': (command) => `firmware ${firmwareOf(command)}`,
  'it-type': ({ type }) => `phone type ${itTypeName(type)}`,
  'hardware-id': ({ before, mac, after }) => `hardware id ${hexOf(before)}${mac}${hexOf(after)}`,
  'soft-reset': () => 'told to reset (soft)',
  'hard-reset': () => 'told to reset (hard)',
  'server-switch': ({ server }) => `told to switch to server ${server + 1}`,
  'download-server-information': (command) =>
    `told that server ${command.server + 1} is ${pointerWords(command)}`,
  'download-software-upgrade': downloadWords,
};

/** What a command says of a phone's boot; undefined for keys, display, audio and keepalives. */
export function commandWords(command: UnistimCommand): string | undefined {
  return words[command.kind]?.(command as never);
}

type UftpWords = {
  readonly [Kind in UftpMessage['kind']]?: (
    message: Extract<UftpMessage, { readonly kind: Kind }>,
  ) => string;
};

const ofUftp: UftpWords = {
  'connection-request': () => 'file transfer asked for',
  'connection-granted': () => 'file transfer granted',
  'connection-denied': () => 'file transfer denied',
  'connection-details': ({ path, blockLimit, blockSize }) =>
    `file transfer of ${path}, ${blockLimit} blocks of ${blockSize} bytes at a time`,
};

/** Blocks of a file and flow control say nothing new. */
export function uftpWords(message: UftpMessage): string | undefined {
  return ofUftp[message.kind]?.(message as never);
}

export function firmwareOf({ version }: CommandNamed<'firmware-version'>): string {
  return version.replace(/\0+$/, '');
}

function pointerWords(command: CommandNamed<'download-server-information'>): string {
  const { address, port, action, retry } = command;
  return `${address}:${port}, action ${action}, ${retry} tries`;
}

const transports = ['TFTP', 'TFTP beside UNIStim', 'UFTP', 'UFTP beside UNIStim'] as const;

function downloadWords(command: CommandNamed<'download-software-upgrade'>): string {
  const { flags, path, identifier, serverPort, fileServer } = command;
  const mode = flags & downloadFlags.mode;
  const transport = transports[mode] ?? `mode ${mode}`;
  const port = (flags & downloadFlags.serverPort) === 0 ? '' : `:${serverPort}`;
  const forced = (flags & downloadFlags.force) === 0 ? '' : ', forced';
  return `download of ${path} (${identifier}) from ${fileServer}${port} by ${transport}${forced}`;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}
