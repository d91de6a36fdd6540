import { errorCodes } from '../../codec/tftp/packet.ts';
import { BootCutShort } from '../boots.ts';
import type { Network } from '../network.ts';
import type { Fault } from './fault.ts';
import {
  answeringLate,
  askingFor,
  askingTheWebFor,
  losing,
  overPorts,
  seeing,
  sending,
} from './faulty-network.ts';

const all = ['cisco-7900', 'cisco-java', 'nortel-2004'] as const;
const asWithout = 'as without it';

/** What is wrong on the way between phone and server. */
export const networkFaults: readonly Fault[] = [
  {
    name: 'loses-packets',
    help: 'loses a share of all datagrams, both ways',
    families: all,
    value: { what: 'share, from 0 to 1', usual: 0.1 },
    ends: `${asWithout}, later`,
    apply(parts, _rules, share) {
      const lossy = (network: Network) =>
        overPorts(network, (endpoint) => losing(endpoint, share, parts.random, parts.clock));
      const { dhcp } = parts;
      return {
        ...{ ...parts, network: lossy(parts.network) },
        ...(dhcp && { dhcp: { ...dhcp, network: lossy(dhcp.network) } }),
      };
    },
  },
  {
    name: 'answers-late',
    help: 'sends one acknowledgement of eight late, so that blocks come twice',
    families: all,
    value: { what: 'milliseconds of the phone', usual: 1500 },
    ends: `${asWithout}, later`,
    apply: (parts, _rules, ms) => ({
      ...parts,
      network: overPorts(parts.network, (endpoint) =>
        answeringLate(endpoint, ms, parts.random, parts.clock),
      ),
    }),
  },
  {
    name: 'duplicate-requests',
    help: 'sends every request twice from the same port',
    families: all,
    ends: asWithout,
    apply: (parts) => ({
      ...parts,
      network: overPorts(parts.network, (endpoint) =>
        sending(endpoint, ({ kind }, bytes) => (kind === 'rrq' ? [bytes, bytes] : [bytes])),
      ),
    }),
  },
  {
    name: 'wrong-case-request',
    help: "writes the first letter of each file's name in the other case",
    families: all,
    ends: `${asWithout} where the server does not mind; else nothing is found, until it is gone`,
    apply: (parts) => ({
      ...parts,
      network: overPorts(parts.network, (endpoint) => askingFor(endpoint, otherCase)),
      ...(parts.web && { web: askingTheWebFor(parts.web, otherCase) }),
    }),
  },
  {
    name: 'stops-on-error-2',
    help: 'asks for nothing more after TFTP error 2, until it is switched off and on',
    families: all,
    ends: 'stuck, where the server sends error 2 instead of 1; a server that does not brings it back',
    apply: (parts) => ({
      ...parts,
      network: overPorts(parts.network, (endpoint) =>
        seeing(endpoint, (packet) => {
          if (packet.kind !== 'error' || packet.code !== errorCodes.accessViolation) return;
          throw new BootCutShort({ kind: 'stuck', display: '', because: 'TFTP error 2' });
        }),
      ),
    }),
  },
];

function otherCase(path: string): string {
  const name = path.lastIndexOf('/') + 1;
  const start = name + Math.max(path.slice(name).search(/[A-Za-z]/), 0);
  const letter = path.charAt(start);
  const upper = letter.toUpperCase();
  const other = letter === upper ? letter.toLowerCase() : upper;
  return path.slice(0, start) + other + path.slice(start + 1);
}
