import type { SnippetKind } from './snippet.ts';

/** IP Addressing: DHCP Configuration Guide, "Configuring the DHCP server". */
export const ios: SnippetKind = {
  name: 'ios',
  title: 'a router or switch with IOS',
  lines: ({ addresses }) => [
    '! Into the pool of the network that the phones are in: it holds for all clients there. Write the',
    '! name of your pool in place of PHONES.',
    'ip dhcp pool PHONES',
    ` option 150 ip ${addresses.slice(0, 8).join(' ')}`,
    ` option 66 ascii "${addresses[0]}"`,
    ` next-server ${addresses[0]}`,
  ],
};
