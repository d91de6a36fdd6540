import { group, type MakeCommand } from './command.ts';
import { dhcpLeases } from './dhcp-leases.ts';
import { dhcpSnippet } from './dhcp-snippet.ts';

export const dhcpCommand: MakeCommand = (cli) => {
  const made = group('dhcp', 'addresses, and the lines for another DHCP server');
  for (const part of [dhcpLeases, dhcpSnippet]) made.addCommand(part(cli));
  return made;
};
