import type { DhcpAsker, DhcpIdentity, FamilyDhcp } from '../../model/family-dhcp.ts';
import { modelNamed } from '../../model/model-name.ts';
import type { Model } from '../../model/phone.ts';

/** What option 60 of every Cisco desk phone begins with. */
export const ciscoVendorClass = 'Cisco Systems, Inc. IP Phone';

/** DISCOVER of a CP-7911G: flan/staticdhcpd, its tracker on GitHub. */
const asksFor: readonly number[] = [1, 66, 6, 3, 15, 150, 35];

/**
 * Which model the vendor class means: `Cisco Systems, Inc. IP Phone CP-7941G-GE`. Undefined where it
 * names none of these, or none at all.
 */
function modelInClass(models: readonly Model[], vendorClass: string): string | undefined {
  if (!vendorClass.startsWith(`${ciscoVendorClass} `)) return undefined;
  const text = vendorClass.slice(ciscoVendorClass.length + 1);
  const names = models.map(({ name }) => name);
  return modelNamed(names, text) ?? modelNamed(names, text.replace(/-GE$/, ''));
}

/** Whether it calls itself `SEP` and its MAC, and says nothing that speaks against it. */
function isNamedByMac({ hostName, mac, vendorClass }: DhcpAsker): boolean {
  const named = /^SEP([0-9A-F]{12})$/i.exec(hostName ?? '')?.[1]?.toUpperCase();
  if (named === undefined || (vendorClass ?? '') !== '') return false;
  return mac === undefined || mac === named;
}

/** Cisco Unified IP Phone administration guides, "Network Settings": 150 goes before 66. */
const tftpFrom: FamilyDhcp['tftpFrom'] = ['option-150', 'option-66', 'siaddr'];

/** What all of them have in common; by the model in option 60, or by its name. */
export function ciscoDhcp(models: readonly Model[]): FamilyDhcp {
  return {
    identify: (asker) => identify(models, asker),
    vendorClasses: [ciscoVendorClass],
    tftpFrom,
    asksFor,
  };
}

function identify(models: readonly Model[], asker: DhcpAsker): DhcpIdentity | undefined {
  const { vendorClass = '' } = asker;
  const model = modelInClass(models, vendorClass);
  if (model !== undefined) return { model, because: `option 60 "${vendorClass}"` };
  return isNamedByMac(asker) ? { because: `host name ${asker.hostName}` } : undefined;
}
