import { group, type MakeCommand } from './command.ts';
import { dhcpSnippet } from './dhcp-snippet.ts';

export const dhcpCommand: MakeCommand = (cli) =>
  group('dhcp', 'addresses that were handed out').addCommand(dhcpSnippet(cli));
