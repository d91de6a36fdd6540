import { headerOf } from '../../../codec/sip/headers-of.ts';
import { parseSip } from '../../../codec/sip/parse-sip.ts';
import { respond, type ResponseParts } from '../../../codec/sip/respond.ts';
import { responseAddress, withReceived } from '../../../codec/sip/response-route.ts';
import { serializeSip } from '../../../codec/sip/serialize-sip.ts';
import type { SipMessage, SipRequest, SipResponse } from '../../../codec/sip/sip-message.ts';
import { type Datagram, type Endpoint, type Network } from '../../network.ts';
import type { VirtualClock } from '../../virtual-clock.ts';

export type Heard = {
  readonly at: number;
  readonly message: SipMessage;
  /** `ADDRESS:PORT` that it came from. */
  readonly from: string;
};

/** What the peer answers to a request: nothing, or a response. `times` counts those of this method. */
export type Script = (request: SipRequest, times: number) => ResponseParts | undefined;

/** A SIP server that does what a test tells it, and remembers what it hears. */
export type ScriptedPeer = {
  readonly heard: readonly Heard[];
  requests(method: string): readonly (Heard & { readonly message: SipRequest })[];
  responses(method: string): readonly (Heard & { readonly message: SipResponse })[];
  send(text: string, address: string, port?: number): void;
};

export async function scriptedPeer(
  network: Network,
  clock: VirtualClock,
  script: Script,
  port = 5060,
): Promise<ScriptedPeer> {
  const heard: Heard[] = [];
  const endpoint: Endpoint = await network.bind(port);
  const counts = new Map<string, number>();

  endpoint.each((datagram: Datagram) => {
    const message = parseSip(datagram.bytes);
    heard.push({ at: clock.now(), message, from: `${datagram.address}:${datagram.port}` });
    if (message.kind !== 'request') return;
    const times = (counts.get(message.method) ?? 0) + 1;
    counts.set(message.method, times);
    const parts = script(message, times);
    if (!parts) return;
    const response = respond(withReceived(message, datagram), { tag: 'peer', ...parts });
    const to = responseAddress(response);
    if (to) endpoint.send(serializeSip(response), to.address, to.port);
  });

  const cseqMethod = (message: SipMessage) => (headerOf(message, 'cseq') ?? '').split(' ')[1];
  return {
    heard,
    requests: (method) =>
      heard.flatMap((each) =>
        each.message.kind === 'request' && each.message.method === method
          ? [{ ...each, message: each.message }]
          : [],
      ),
    responses: (method) =>
      heard.flatMap((each) =>
        each.message.kind === 'response' && cseqMethod(each.message) === method
          ? [{ ...each, message: each.message }]
          : [],
      ),
    send: (text, address, to = 5060) => endpoint.send(Buffer.from(text, 'latin1'), address, to),
  };
}
