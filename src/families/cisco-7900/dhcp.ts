import type { DhcpAsker, DhcpIdentity, FamilyDhcp } from '../../model/family-dhcp.ts';
import {
  asksFor,
  ciscoVendorClass,
  isNamedByMac,
  modelInClass,
  tftpFrom,
} from '../cisco-shared/dhcp.ts';
import { models } from './models.ts';
import { sortsWithoutLoader } from './sort.ts';

/**
 * A 7940 or 7960 names its model only once the universal application loader is there: voip-info.org,
 * "Cisco 7940 7960 Single Step Upgrade".
 */
function identify(asker: DhcpAsker): DhcpIdentity | undefined {
  const { vendorClass = '' } = asker;
  if (vendorClass === ciscoVendorClass)
    return { sorts: sortsWithoutLoader, because: `option 60 "${vendorClass}" names no model` };
  const model = modelInClass(models, vendorClass);
  if (model !== undefined)
    return { model, sorts: ['universal'], because: `option 60 "${vendorClass}"` };
  if (isNamedByMac(asker)) return { because: `host name ${asker.hostName}` };
  return undefined;
}

/** Which options it asks for is not known: those of a 7911 stand in. */
export const dhcp: FamilyDhcp = {
  identify,
  vendorClasses: [ciscoVendorClass],
  tftpFrom,
  // Trace in the Fluke NetTool manual: the old boot code looks it up.
  tftpName: 'CiscoCM1',
  asksFor,
};
