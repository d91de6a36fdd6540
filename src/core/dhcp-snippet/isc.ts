import { snippetName, type SnippetKind } from './snippet.ts';

/** dhcpd.conf(5), "Client Classing"; dhcp-options(5), "Defining New Options". */
export const isc: SnippetKind = {
  name: 'isc',
  title: 'ISC dhcpd (dhcpd.conf)',
  lines({ addresses, vendorClasses }) {
    const tests = vendorClasses.map(
      (text) => `substring(option vendor-class-identifier, 0, ${text.length}) = "${text}"`,
    );
    return [
      '# Into dhcpd.conf, before the first subnet.',
      'option tftp-server-address code 150 = array of ip-address;',
      '',
      `class "${snippetName}" {`,
      `  match if ${tests.join('\n    or ')};`,
      `  option tftp-server-address ${addresses.join(', ')};`,
      `  option tftp-server-name "${addresses[0]}";`,
      `  next-server ${addresses[0]};`,
      '}',
    ];
  },
};
