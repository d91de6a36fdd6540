import {
  ipcmService,
  provisioningOf,
  type Provisioning,
  unprovisioned,
} from '../../families/nortel-2004/ipcm/provisioning.ts';
import type { Store } from '../../model/store.ts';

/** What the IPCM service is provisioned with at this moment. */
export async function provisioningNow(store: Pick<Store, 'serviceGet'>): Promise<Provisioning> {
  return provisioningOf((await store.serviceGet(ipcmService)) ?? unprovisioned);
}
