import { snippetName, type SnippetKind } from './snippet.ts';

/** Windows Server, PowerShell module DhcpServer: `Add-DhcpServerv4Policy` and its kin. */
export const windows: SnippetKind = {
  name: 'windows',
  title: 'Windows Server 2012 and later (PowerShell on the DHCP server)',
  lines({ addresses, vendorClasses }) {
    const names = vendorClasses.map((_, index) => `${snippetName}-${index + 1}`);
    const conditions = names.map((name) => `"${name}*"`);
    const setValue = `Set-DhcpServerv4OptionValue -PolicyName "${snippetName}"`;
    return [
      '# PowerShell as administrator, on the DHCP server. For one scope alone add -ScopeId to the policy',
      '# and to its values. Leave out the second line where option 150 is defined already.',
      ...vendorClasses.map(
        (text, index) =>
          `Add-DhcpServerv4Class -Name "${names[index] ?? ''}" -Type Vendor -Data "${text}"`,
      ),
      'Add-DhcpServerv4OptionDefinition -OptionId 150 -Name "TFTP server address" -Type IPv4Address -MultiValued',
      `Add-DhcpServerv4Policy -Name "${snippetName}" -Condition OR -VendorClass EQ,${conditions.join(',')}`,
      `${setValue} -OptionId 150 -Value ${addresses.join(',')}`,
      `${setValue} -OptionId 66 -Value "${addresses[0]}"`,
    ];
  },
};
