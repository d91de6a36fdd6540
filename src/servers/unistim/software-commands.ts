import { downloadFlags, downloadModes } from '../../codec/unistim/network-rows.ts';
import { serializeCommand, type UnistimCommand } from '../../codec/unistim/unistim-command.ts';
import type { UnistimAssumptions } from './assumptions.ts';
import type { ServerPointer, SoftwareOffer } from './handler.ts';

export type FileServer = { readonly address: string; readonly port: number };

/** An entry of the phone's list of servers. A server that fails is followed by the other of the two. */
export function pointerCommand(pointer: ServerPointer): UnistimCommand {
  const failover = pointer.server === 0 ? 1 : 0;
  return { kind: 'download-server-information', ...pointer, failover };
}

/** The order to fetch an image by UFTP. */
export function downloadCommand(
  { path, identifier }: SoftwareOffer,
  { address, port }: FileServer,
  assumptions: UnistimAssumptions,
): UnistimCommand {
  const identifiers = { version: identifier, path, none: '' };
  const mode = assumptions.staysConnected ? downloadModes.uftpActive : downloadModes.uftp;
  return {
    kind: 'download-software-upgrade',
    flags: mode | downloadFlags.serverPort,
    unknown: assumptions.unknownByte,
    path,
    identifier: identifiers[assumptions.identifier],
    serverPort: port,
    localPort: 0,
    fileServer: address,
  };
}

const headerBytes = 6;

/** As few packets as hold them, none larger than `largest` bytes but for a command that is alone. */
export function packed(
  commands: readonly UnistimCommand[],
  largest: number,
): readonly (readonly UnistimCommand[])[] {
  const packets: UnistimCommand[][] = [];
  let left = 0;
  for (const command of commands) {
    const { length } = serializeCommand(command);
    if (length > left) {
      packets.push([]);
      left = largest - headerBytes;
    }
    packets.at(-1)?.push(command);
    left -= length;
  }
  return packets;
}
