import type { DhcpAsker, FamilyDhcp } from '../../model/family-dhcp.ts';
import { modelNamed } from '../../model/model-name.ts';
import type { Model } from '../../model/phone.ts';

/** What option 60 of every Cisco desk phone begins with. */
export const ciscoVendorClass = 'Cisco Systems, Inc. IP Phone';

/** DISCOVER of a CP-7911G: flan/staticdhcpd, its tracker on GitHub. */
export const asksFor: readonly number[] = [1, 66, 6, 3, 15, 150, 35];

/**
 * Which model the vendor class means: `Cisco Systems, Inc. IP Phone CP-7941G-GE`. Undefined where it
 * names none of these, or none at all.
 */
export function modelInClass(models: readonly Model[], vendorClass: string): string | undefined {
  if (!vendorClass.startsWith(`${ciscoVendorClass} `)) return undefined;
  const text = vendorClass.slice(ciscoVendorClass.length + 1);
  const names = models.map(({ name }) => name);
  return modelNamed(names, text) ?? modelNamed(names, text.replace(/-GE$/, ''));
}

/** Whether it calls itself `SEP` and its MAC, and says nothing that speaks against it. */
export function isNamedByMac({ hostName, mac, vendorClass }: DhcpAsker): boolean {
  const named = /^SEP([0-9A-F]{12})$/i.exec(hostName ?? '')?.[1]?.toUpperCase();
  if (named === undefined || (vendorClass ?? '') !== '') return false;
  return mac === undefined || mac === named;
}

/** Cisco Unified IP Phone administration guides, "Network Settings": 150 goes before 66. */
export const tftpFrom: FamilyDhcp['tftpFrom'] = ['option-150', 'option-66', 'siaddr'];
