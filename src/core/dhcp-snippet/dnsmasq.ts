import { snippetName, type SnippetKind } from './snippet.ts';

/** dnsmasq(8): `--dhcp-vendorclass` and `--dhcp-option-force`. */
export const dnsmasq: SnippetKind = {
  name: 'dnsmasq',
  title: 'dnsmasq, OpenWrt, Pi-hole (a file in /etc/dnsmasq.d)',
  lines: ({ addresses, vendorClasses }) => [
    '# Into /etc/dnsmasq.conf, or a file of its own in /etc/dnsmasq.d.',
    ...vendorClasses.map((text) => `dhcp-vendorclass=set:${snippetName},"${text}"`),
    `dhcp-option-force=tag:${snippetName},150,${addresses.join(',')}`,
    `dhcp-option-force=tag:${snippetName},option:tftp-server,"${addresses[0]}"`,
  ],
};
