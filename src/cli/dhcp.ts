import { group, type MakeCommand } from './command.ts';
import { dhcpLeases } from './dhcp-leases.ts';

export const dhcpCommand: MakeCommand = (cli) =>
  group('dhcp', 'addresses that were handed out').addCommand(dhcpLeases(cli));
