import { downloadFlags, downloadModes } from '../../codec/unistim/network-rows.ts';
import type { CommandNamed } from '../../codec/unistim/unistim-command.ts';
import type { BootEnd } from '../boots.ts';
import { tftpPort } from '../known-server.ts';
import type { Server, TransferResult } from '../tftp-client.ts';
import { storeImage } from './store-image.ts';
import type { NortelPhone } from './phone.ts';
import { readByTftp } from './tftp-files.ts';
import { durations, largestFirmware, uftpPort } from './timing.ts';
import { readByUftp } from './uftp-client.ts';

export type SoftwareUpgrade = CommandNamed<'download-software-upgrade'>;

/** Who orders a download, and what it calls the phone. */
export type UnistimPeer = { readonly server: Server; readonly terminalId: number };

/** Whether the session with the server goes on beside a download. */
export function staysConnected({ flags }: SoftwareUpgrade): boolean {
  const mode = flags & downloadFlags.mode;
  return mode === downloadModes.uftpActive || mode === downloadModes.tftpActive;
}

/** Whether the phone has it already, and is not told to take it in spite of that. */
export function isNews(phone: NortelPhone, { flags, identifier }: SoftwareUpgrade): boolean {
  if ((flags & downloadFlags.force) !== 0) return true;
  const { image = '' } = phone.flash();
  return identifier === '' || (identifier !== image && identifier !== image.slice(0, 7));
}

/**
 * Fetches software, checks it, stores it and restarts. Undefined where it was refused and the phone
 * goes on; one whose transfer broke off starts again, which is our assumption.
 */
export async function downloadSoftware(
  phone: NortelPhone,
  upgrade: SoftwareUpgrade,
  from: UnistimPeer,
): Promise<BootEnd | undefined> {
  const { path } = upgrade;
  phone.show(`Downloading ${path}`);
  const result = await fetchSoftware(phone, upgrade, from);
  switch (result.kind) {
    case 'file':
      return storeImage(phone, path, result.bytes, undefined);
    case 'error':
      phone.refuse(path, result.message);
      phone.showFailure('Download failed');
      return undefined;
    case 'silent': {
      phone.showFailure('Download failed');
      const { ms: waitMs } = durations.powerOnToFirstRequest;
      return { kind: 'reboot', because: `the download of ${path} broke off`, waitMs };
    }
  }
}

async function fetchSoftware(
  phone: NortelPhone,
  { flags, path, serverPort, localPort, fileServer }: SoftwareUpgrade,
  from: UnistimPeer,
): Promise<TransferResult> {
  const mode = flags & downloadFlags.mode;
  const byUftp = mode === downloadModes.uftp || mode === downloadModes.uftpActive;
  const byTftp = mode === downloadModes.tftp || mode === downloadModes.tftpActive;
  if (!byUftp && !byTftp)
    return { kind: 'error', code: 0, message: `no way of transfer is ${mode}` };
  const hasPort = (flags & downloadFlags.serverPort) !== 0;
  const server = {
    address: fileServer === '0.0.0.0' ? from.server.address : fileServer,
    port: hasPort ? serverPort : byUftp ? uftpPort : tftpPort,
  };
  if (byTftp) return readByTftp(phone, path, server, largestFirmware);
  const hasLocal = (flags & downloadFlags.localPort) !== 0 && localPort !== 0;
  const { terminalId } = from;
  return readByUftp(phone, {
    ...{ path, server, terminalId },
    localPort: hasLocal ? localPort : undefined,
  });
}
