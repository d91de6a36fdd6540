import {
  noTerminalId,
  parseRudp,
  payloadTypes,
  resetSequence,
  type RudpFrame,
  serializeRudp,
} from '../../codec/unistim/rudp-frame.ts';
import { CodecError } from '../../wire/codec-error.ts';
import type { Hooks } from '../boots.ts';
import type { Datagram, Endpoint } from '../network.ts';
import type { NortelFaults } from '../nortel-2004/nortel-faults.ts';
import { addHooks, type Fault } from './fault.ts';
import { overPorts } from './faulty-network.ts';

const own = ['nortel-2004'] as const;
const asWithout = 'as without it';

/** What is wrong with an IP Phone 2004 alone. */
export const unistimFaults: readonly Fault[] = [
  {
    name: 'never-pressed',
    help: 'has nobody who presses its keys, whatever --press says',
    families: own,
    ends: 'idle on what it had, unless the server offers software by itself; gone with the fault',
    apply: (parts) => withNortel(parts, { isNeverPressed: true }),
  },
  {
    name: 'breaks-off-uftp',
    help: 'leaves its first transfer by UFTP half-way, once',
    families: own,
    value: { what: 'blocks that it takes before', usual: 3 },
    ends: `${asWithout}, later: it starts again, and the keys are pressed again`,
    apply: (parts, _rules, breaksOffAfter) => withNortel(parts, { breaksOffAfter }),
  },
  {
    name: 'nak-storm',
    help: 'asks once more for a share of all packets of UNIStim and UFTP',
    families: own,
    value: { what: 'share, from 0 to 1', usual: 0.3 },
    ends: `${asWithout}, later`,
    apply: (parts, _rules, share) => ({
      ...parts,
      network: overPorts(parts.network, (endpoint) => askingAgain(endpoint, share, parts.random)),
    }),
  },
  {
    name: 'ignores-server-information',
    help: 'keeps no server that the IP Client Manager names, TFTP among them',
    families: own,
    ends: 'on the wanted image, with the S1 that it had at port 5060 and its TFTP server from DHCP',
    apply: (parts) => withNortel(parts, { ignoresServers: true }),
  },
  {
    name: 'restarts-by-check-sync',
    help: 'starts again at a NOTIFY check-sync, which it else answers and passes over',
    families: own,
    ends: asWithout,
    apply: (parts) => withNortel(parts, { restartsBySync: true }),
  },
  {
    name: 'stops-at-long-lines',
    help: 'passes over the rest of a file behind a line of more than 80 characters',
    families: own,
    ends: `${asWithout} where no line is longer; else without what stands behind it`,
    apply: (parts) => withNortel(parts, { stopsAtLongLines: true }),
  },
];

function withNortel<P extends { readonly hooks?: Hooks }>(parts: P, nortel: NortelFaults): P {
  return { ...parts, hooks: addHooks(parts.hooks, { nortel }) };
}

/** Only ports that speak Reliable UDP: those that began with a hello. */
function askingAgain(endpoint: Endpoint, share: number, random: () => number): Endpoint {
  let isReliable = false;
  const again = new Set<number>();

  function ask({ bytes, address, port }: Datagram): void {
    const frame = isReliable ? frameIn(bytes) : undefined;
    if (frame?.type !== 'payload' || frame.sequence === resetSequence) return;
    if (again.has(frame.sequence) || random() >= share) return;
    again.add(frame.sequence);
    const control = { payloadType: payloadTypes.phone, terminalId: noTerminalId };
    const nak = serializeRudp({ type: 'nak', sequence: frame.sequence, ...control });
    endpoint.send(nak, address, port);
  }

  return {
    ...endpoint,
    send(bytes, address, port) {
      isReliable ||= frameIn(bytes)?.sequence === resetSequence;
      endpoint.send(bytes, address, port);
    },
    async receive(timeoutMs) {
      const datagram = await endpoint.receive(timeoutMs);
      if (datagram) ask(datagram);
      return datagram;
    },
  };
}

function frameIn(bytes: Uint8Array): RudpFrame | undefined {
  try {
    return parseRudp(bytes);
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}
