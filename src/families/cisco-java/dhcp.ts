import type { DhcpAsker, DhcpIdentity, FamilyDhcp } from '../../model/family-dhcp.ts';
import {
  asksFor,
  ciscoVendorClass,
  isNamedByMac,
  modelInClass,
  tftpFrom,
} from '../cisco-shared/dhcp.ts';
import { models } from './models.ts';

function identify(asker: DhcpAsker): DhcpIdentity | undefined {
  const { vendorClass = '' } = asker;
  const model = modelInClass(models, vendorClass);
  if (model !== undefined) return { model, because: `option 60 "${vendorClass}"` };
  if (isNamedByMac(asker)) return { because: `host name ${asker.hostName}` };
  return undefined;
}

export const dhcp: FamilyDhcp = {
  identify,
  vendorClasses: [ciscoVendorClass],
  tftpFrom,
  asksFor,
};
