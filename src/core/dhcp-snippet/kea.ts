import { snippetName, type SnippetKind, type SnippetWish } from './snippet.ts';

/** Kea Administrator Reference Manual, "Client Classification" and "Configuring Specific Options". */
export const kea: SnippetKind = {
  name: 'kea',
  title: 'Kea (kea-dhcp4.conf)',
  lines(wish) {
    const [first] = wish.addresses;
    const servers = wish.addresses.join(', ');
    return [
      '// Into kea-dhcp4.conf: the class goes to the client classes that are there.',
      '{',
      '  "Dhcp4": {',
      '    "client-classes": [',
      '      {',
      `        "name": "${snippetName}",`,
      `        "test": "${test(wish)}",`,
      `        "next-server": "${first}",`,
      '        "option-data": [',
      `          // Option 150 as octets, which every release takes: ${servers}`,
      '          { "code": 150, "space": "dhcp4", "csv-format": false, "always-send": true,',
      `            "data": "${hexOf(wish.addresses)}" },`,
      `          { "name": "tftp-server-name", "always-send": true, "data": "${first}" }`,
      '        ]',
      '      }',
      '    ]',
      '  }',
      '}',
    ];
  },
};

function test({ vendorClasses }: SnippetWish): string {
  const tests = vendorClasses.map(
    (text) => `substring(option[60].hex, 0, ${text.length}) == '${text}'`,
  );
  return tests.join(' or ');
}

function hexOf(addresses: readonly string[]): string {
  const octets = addresses.flatMap((address) => address.split('.').map(Number));
  return Buffer.from(octets).toString('hex').toUpperCase();
}
