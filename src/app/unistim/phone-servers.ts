import { networkInterfaces } from 'node:os';
import type { Listen } from '../../config.ts';
import type { DhcpSite } from '../../model/family-dhcp.ts';
import { isIPv4 } from '../../wire/ipv4.ts';
import type { OpenWorkspace } from '../workspace.ts';
import { pointersOf } from './upgrade-file.ts';

const sipAction = 7;

/** Whom phones of this workspace talk with, for their DHCP string. */
export async function phoneServers(
  workspace: OpenWorkspace,
  unistim: Listen | undefined,
): Promise<DhcpSite> {
  const found = await pointersOf(workspace, 'none');
  const pointers = 'pointers' in found ? found.pointers : [];
  const sip = pointers.filter(({ action }) => action === sipAction);
  const address = unistim && addressFor(workspace, unistim);
  // Port 0 is whichever is free, and no phone can be told of it.
  const isKnown = unistim?.port !== 0;
  return {
    sip: sip.map(({ address: own, port }) => ({ address: own, port })),
    ...(unistim &&
      isKnown &&
      address !== undefined && { unistim: { address, port: unistim.port } }),
  };
}

/** Where phones reach this machine: as the workspace file says, else where the service listens. */
function addressFor({ config }: OpenWorkspace, { host }: Listen): string | undefined {
  if (config.address !== undefined && isIPv4(config.address)) return config.address;
  if (isIPv4(host) && host !== '0.0.0.0') return host;
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}
