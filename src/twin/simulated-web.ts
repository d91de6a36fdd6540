import type { SimulatedAnswer, SimulatedRequest } from './simulated-network.ts';
import type { VirtualClock } from './virtual-clock.ts';
import type { WebClient, WebResult } from './web-client.ts';

/** As simulated servers answer TFTP; an error of any code is a missing file. */
export type SimulatedWebServer = (request: SimulatedRequest) => SimulatedAnswer | 'refused';

const silenceMs = 10_000;

/** HTTP servers on all addresses, in virtual time. */
export function simulatedWeb(
  clock: VirtualClock,
  server: SimulatedWebServer,
  latencyMs = 2,
): WebClient {
  let port = 40_000;
  return {
    async get(path, { address }, maxBytes, signal): Promise<WebResult> {
      port++;
      const answer = server({ path, server: address, port, at: clock.now() });
      const isSilent = answer !== 'refused' && answer.kind === 'silent';
      await clock.sleep(isSilent ? silenceMs : 2 * latencyMs, signal);
      if (answer === 'refused') return { kind: 'refused', port };
      if (answer.kind !== 'file') return { kind: isSilent ? 'silent' : 'missing', port };
      if (answer.bytes.length <= maxBytes) return { kind: 'file', bytes: answer.bytes, port };
      return { kind: 'error', status: 200, message: `larger than ${maxBytes} bytes`, port };
    },
  };
}
