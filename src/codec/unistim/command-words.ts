import type { CommandNamed, UnistimCommand } from './unistim-command.ts';
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

/** What a command says of a phone's boot; undefined for keys, display, audio and keepalives. */
export function commandWords(command: UnistimCommand): string | undefined {
  switch (command.kind) {
    case 'suspend-connection':
      return 'suspends the connection';
    case 'soft-reset-ack':
      return 'confirms a soft reset';
    case 'firmware-version':
      return `firmware ${firmwareOf(command)}`;
    case 'it-type':
      return `phone type ${itTypeName(command.type)}`;
    case 'hardware-id':
      return `hardware id ${hexOf(command.before)}${command.mac}${hexOf(command.after)}`;
    case 'soft-reset':
      return 'told to reset (soft)';
    case 'hard-reset':
      return 'told to reset (hard)';
    case 'server-switch':
      return `told to switch to server ${command.server + 1}`;
    case 'download-server-information':
      return `told that server ${command.server + 1} is ${pointerWords(command)}`;
    case 'download-software-upgrade':
      return downloadWords(command);
    default:
      return undefined;
  }
}

/** Blocks of a file and flow control say nothing new. */
export function uftpWords(message: UftpMessage): string | undefined {
  switch (message.kind) {
    case 'connection-request':
      return 'file transfer asked for';
    case 'connection-granted':
      return 'file transfer granted';
    case 'connection-denied':
      return 'file transfer denied';
    case 'connection-details': {
      const { path, blockLimit, blockSize } = message;
      return `file transfer of ${path}, ${blockLimit} blocks of ${blockSize} bytes at a time`;
    }
    default:
      return undefined;
  }
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
