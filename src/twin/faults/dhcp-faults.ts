import type { TftpSource, TwinDhcp } from '../dhcp/dhcp-speech.ts';
import type { Fault } from './fault.ts';

const all = ['cisco-7900', 'cisco-java', 'nortel-2004'] as const;
const ofCisco = ['cisco-7900', 'cisco-java'] as const;

/** What a phone makes of DHCP otherwise than it should. */
export const dhcpFaults: readonly Fault[] = [
  {
    name: 'ignores-option-150',
    help: 'does not take its TFTP server from option 150, for which --tftp stands',
    families: ofCisco,
    ends: 'stuck, asking nobody, where DHCP says it by option 150 alone; DHCP that it heeds brings it back',
    apply: (parts) => ({
      ...{ ...parts, ...withoutServer(parts.dhcp) },
      ...(parts.dhcp && { dhcp: ignoring(parts.dhcp, 'option-150') }),
    }),
  },
  {
    name: 'ignores-option-66',
    help: 'takes its TFTP server from option 150 or siaddr alone',
    families: all,
    ends: 'stuck, asking nobody, where DHCP says it by option 66 alone; option 150 brings it back',
    apply: (parts) => ({
      ...parts,
      ...(parts.dhcp && { dhcp: ignoring(parts.dhcp, 'option-66') }),
    }),
  },
  {
    name: 'address-in-use',
    help: 'finds other machines at the first addresses that it is given',
    families: all,
    value: { what: 'addresses', usual: 1 },
    ends: 'as without it, later; stuck where the server has no other address. Needs --dhcp',
    apply: (parts, _rules, count) => ({
      ...parts,
      ...(parts.dhcp && { dhcp: withNeighbours(parts.dhcp, count) }),
    }),
  },
];

/** Without DHCP, `tftp` and `http` stand for what option 150 says. */
function withoutServer(dhcp: TwinDhcp | undefined) {
  return dhcp === undefined ? ({ tftp: undefined, http: 'never' } as const) : {};
}

function ignoring(dhcp: TwinDhcp, source: TftpSource): TwinDhcp {
  return { ...dhcp, ignores: [...(dhcp.ignores ?? []), source] };
}

function withNeighbours(dhcp: TwinDhcp, count: number): TwinDhcp {
  const neighbours = new Set<string>();
  return {
    ...dhcp,
    inUse(address) {
      if (neighbours.size < count) neighbours.add(address);
      return neighbours.has(address) || dhcp.inUse?.(address) === true;
    },
  };
}
