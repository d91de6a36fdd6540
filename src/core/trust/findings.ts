import type { Finding } from '../../model/finding.ts';
import { formatMac, type Mac } from '../../wire/mac.ts';
import type { Identity } from '../identify.ts';
import type { Withheld } from './guard.ts';

export const secretWithheld = 'secret-withheld';

/** Somebody asked for a file with secrets from an address that is not known to be the phone's. */
export function withheldFinding({ path, address, isMissing, names, who }: Withheld): Finding {
  const what = isMissing ? 'did not get it' : `got it without ${listed(names)}`;
  const isOther = who.holder !== undefined && who.named !== undefined && who.holder !== who.named;
  return {
    code: secretWithheld,
    severity: isOther ? 'warning' : 'error',
    text: `${address} asked for ${shownPath(path)} and ${what}: ${doubt(who)}`,
    consequence: isOther
      ? 'if that was the phone it cannot register; its own address still gets the whole file'
      : 'it cannot register with what it got',
    cure: isOther
      ? `see who uses ${address}: a phone behind a router that answers ARP for others needs the DHCP server of hookflash, or a link of its own`
      : `let the server know the phone: its DHCP server gives ${address}, or it stands on the same link; or write the network of ${address} below trust: networks: in hookflash.yaml, where a file name is enough; then switch the phone off and on`,
  };
}

/** What one phone of the inventory asks for that is another one's. */
export type OtherAsking = {
  readonly path: string;
  readonly address: string;
  readonly holder: Mac;
};

export function otherPhonesFile({ path, address, holder }: OtherAsking): Finding {
  return {
    code: 'file-of-another-phone',
    severity: 'warning',
    text: `${address}, which ${formatMac(holder)} holds, asked for ${shownPath(path)}`,
    consequence: 'it got no secrets, and nothing that it asked for counts for this phone',
    cure: `see what ${formatMac(holder)} is: a copied MAC, or somebody who looks for passwords`,
  };
}

function doubt({ mac, verified, holder, named, reason }: Identity): string {
  if (holder !== undefined && named !== undefined && holder !== named)
    return `${formatMac(holder)} holds this address`;
  if (mac === undefined) return reason;
  if (verified) return `${formatMac(mac)} holds this address, and the file is not for it`;
  return `nothing shows that ${formatMac(mac)} holds this address (${reason})`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

function shownPath(path: string): string {
  return JSON.stringify(path.length > 80 ? `${path.slice(0, 79)}~` : path).slice(1, -1);
}
