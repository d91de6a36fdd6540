import { group, type MakeCommand } from './command.ts';
import { dhcpLeases } from './dhcp-leases.ts';
import { dhcpSnippet } from './dhcp-snippet.ts';

export const dhcpCommand: MakeCommand = (cli) =>
  group('dhcp', 'addresses that were handed out, and other servers')
    .addCommand(dhcpLeases(cli))
    .addCommand(dhcpSnippet(cli));
