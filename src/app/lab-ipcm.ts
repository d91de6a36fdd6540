import type { WorkspaceConfig } from '../config.ts';
import { ipcmService } from '../families/nortel-2004/ipcm/provisioning.ts';
import type { Store } from '../model/store.ts';

/** What phones of the lab are told in place of `SipUpgradeConfigFile.txt`. */
export const labSipServers = {
  'S1.Server.IP': '127.0.0.1',
  'TFTP.Server.IP': '127.0.0.1',
  DEF_USER1: 'userid?',
  BANNER: 'Lab',
} as const;

const values = {
  'sip-firmware': 'D93',
  'transitional-firmware': 'D97',
  'unistim-firmware/2004': 'D98',
  '2004-sip-upgrade': 'on',
} as const;

/** Provisions the IPCM service, unless somebody has done so before. */
export async function provisionLab(store: Pick<Store, 'serviceGet' | 'servicePut'>): Promise<void> {
  if (await store.serviceGet(ipcmService)) return;
  const text = 'the lab: the 2004 SIP upgrade is on';
  await store.servicePut({ name: ipcmService, state: 'unlocked', values, changedAt: 0, text });
}

const routerOption = 3;

/** Whether its DHCP server gives a router. */
export function givesRouter({ dhcp }: WorkspaceConfig): boolean {
  if (!dhcp) return false;
  const given = [dhcp.given, ...dhcp.networks.map((network) => network.given)];
  return given.some(({ options }) => options.some(({ code }) => code === routerOption));
}
