import type { DhcpOptionKind, DhcpValue } from './dhcp-value.ts';
import { domains, sipServers } from './domain-kinds.ts';
import { messageType, relayAgent, vendorData, vendorOptions } from './nested-kinds.ts';
import { classlessRoutes } from './route-kinds.ts';
import { flag, hex, i32, ip, ipPairs, ips, text, u16, u16s, u32, u8, u8s } from './scalar-kinds.ts';
import type { OptionKind } from './scalar-kinds.ts';

/** How options of each kind are read and written. */
export const optionKinds: Readonly<Record<DhcpOptionKind, OptionKind<DhcpValue>>> = {
  ip,
  ips,
  'ip-pairs': ipPairs,
  u8,
  u8s,
  u16,
  u16s,
  u32,
  i32,
  flag,
  text,
  domains,
  'sip-servers': sipServers,
  'classless-routes': classlessRoutes,
  'vendor-data': vendorData,
  'relay-agent': relayAgent,
  'vendor-options': vendorOptions,
  'message-type': messageType,
  hex,
};
