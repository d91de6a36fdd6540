import type { DhcpMessage } from './dhcp-message.ts';

/** A message with all fields empty, for tests to fill in. */
export const emptyMessage: DhcpMessage = {
  op: 'request',
  hardwareType: 1,
  hardwareLength: 6,
  hops: 0,
  transactionId: 0,
  seconds: 0,
  flags: 0,
  ciaddr: 0,
  yiaddr: 0,
  siaddr: 0,
  giaddr: 0,
  chaddr: new Uint8Array(16),
  serverName: '',
  bootFile: '',
  options: [],
};
