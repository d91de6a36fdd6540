import type { DhcpAsker, DhcpIdentity, FamilyDhcp } from '../../model/family-dhcp.ts';
import { ciscoDhcp, ciscoVendorClass } from '../cisco-shared/dhcp.ts';
import { models } from './models.ts';
import { sortsWithoutLoader } from './sort.ts';

/** Which options it asks for is not known: those of a 7911 stand in. */
const common = ciscoDhcp(models);

/**
 * A 7940 or 7960 names its model only once the universal application loader is there: voip-info.org,
 * "Cisco 7940 7960 Single Step Upgrade".
 */
function identify(asker: DhcpAsker): DhcpIdentity | undefined {
  const { vendorClass } = asker;
  if (vendorClass === ciscoVendorClass)
    return { sorts: sortsWithoutLoader, because: `option 60 "${vendorClass}" names no model` };
  const found = common.identify(asker);
  return found?.model === undefined ? found : { ...found, sorts: ['universal'] };
}

export const dhcp: FamilyDhcp = {
  ...common,
  identify,
  // Trace in the Fluke NetTool manual: the old boot code looks it up.
  tftpName: 'CiscoCM1',
};
