import { snippetName, type SnippetKind } from './snippet.ts';

/** MikroTik manual, "DHCP Server", section "DHCP Options". */
export const routeros: SnippetKind = {
  name: 'routeros',
  title: 'MikroTik RouterOS',
  lines: ({ addresses }) => [
    '# For all clients of a network: write the address of yours in place of 192.0.2.0/24. RouterOS sends',
    '# an option only to clients that ask for it, as phones do for these.',
    '/ip dhcp-server option',
    `add name=${snippetName}-150 code=150 value="${addresses.map((each) => `'${each}'`).join('')}"`,
    `add name=${snippetName}-66 code=66 value="s'${addresses[0]}'"`,
    '/ip dhcp-server option sets',
    `add name=${snippetName} options=${snippetName}-150,${snippetName}-66`,
    '/ip dhcp-server network',
    `set [find address=192.0.2.0/24] dhcp-option-set=${snippetName} next-server=${addresses[0]}`,
  ],
};
