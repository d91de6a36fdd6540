import type { Mac } from '../../wire/mac.ts';

/** What option 60 of all of them begins with. */
export const vendorClass = 'Cisco Systems, Inc. IP Phone';

/** DISCOVER of a CP-7911G (flan/staticdhcpd, its tracker on GitHub): that others do as it is assumed. */
export function dhcpWords(mac: Mac) {
  return {
    hostName: `SEP${mac}`,
    asksFor: [1, 66, 6, 3, 15, 150, 35],
    tftpFrom: ['option-150', 'option-66', 'siaddr'],
    messageLength: 548,
  } as const;
}
