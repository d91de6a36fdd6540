import type { DhcpClient } from './dhcp/dhcp-client.ts';
import type { Memory } from './memory.ts';
import type { Server } from './tftp-client.ts';

/** RFC 1350 section 4. */
export const tftpPort = 69;

type Knowing = {
  readonly memory: Memory<{ readonly network: { readonly tftp?: string } }>;
  /** What DHCP would name, where there is no client; undefined when it names none. */
  readonly tftp: Server | undefined;
  readonly dhcp?: DhcpClient | undefined;
};

/** The TFTP server that a phone knows now: one set at the phone goes before DHCP's. */
export function knownServer({ memory, tftp, dhcp }: Knowing): Server | undefined {
  const given = dhcp === undefined ? tftp : dhcp.tftp;
  const address = memory.read().network.tftp;
  if (address === undefined) return given;
  return { address, port: given?.port ?? dhcp?.tftpPort ?? tftpPort };
}
