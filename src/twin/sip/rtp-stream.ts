import { encodeRtp } from '../../codec/rtp/rtp.ts';
import { silence } from '../../codec/rtp/silence.ts';
import type { AudioFormat } from '../../codec/sip/sdp-audio.ts';
import type { Clock } from '../clock.ts';
import type { Endpoint, Network } from '../network.ts';
import type { Server } from '../tftp-client.ts';

export type RtpStream = {
  /** Local, even. */
  readonly port: number;
  /** Sends silence there from now on; to nobody where there is no target. */
  sendTo(target: Server | undefined, format: AudioFormat): void;
  close(): void;
};

export type RtpStreamOptions = {
  readonly network: Network;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly ports: { readonly first: number; readonly last: number };
};

const packetMs = 20;
const tries = 32;

/** A media port within the range and what leaves by it. Rejects when none of them is free. */
export async function openRtpStream(options: RtpStreamOptions): Promise<RtpStream> {
  const { clock, random } = options;
  const { endpoint, port } = await bindMedia(options);
  const ssrc = Math.floor(random() * 2 ** 32);
  let sequence = Math.floor(random() * 2 ** 16);
  let timestamp = Math.floor(random() * 2 ** 32);
  let callOff: (() => void) | undefined;
  // What the other side says is heard by nobody.
  endpoint.each(() => undefined);

  function send(
    target: Server,
    { payload: payloadType, name }: AudioFormat,
    marker: boolean,
  ): void {
    const payload = silence(name, packetMs);
    if (payload === undefined) return;
    const packet = { payloadType, marker, sequence, timestamp, ssrc, contributors: [], payload };
    endpoint.send(encodeRtp(packet), target.address, target.port);
    sequence = (sequence + 1) % 2 ** 16;
    timestamp = (timestamp + 8 * packetMs) % 2 ** 32;
    const format = { payload: payloadType, name, rate: 8000 };
    callOff = clock.after(packetMs, () => send(target, format, false), 'lasting');
  }

  return {
    port,
    sendTo(target, format) {
      callOff?.();
      if (target !== undefined) send(target, format, true);
    },
    close() {
      callOff?.();
      endpoint.close();
    },
  };
}

async function bindMedia({ network, random, ports }: RtpStreamOptions) {
  const first = ports.first + (ports.first % 2);
  const count = Math.max(Math.floor((ports.last - first) / 2) + 1, 1);
  const start = Math.floor(random() * count);
  let problem: unknown;
  for (let at = 0; at < Math.min(count, tries); at++) {
    const port = first + 2 * ((start + at) % count);
    try {
      const endpoint: Endpoint = await network.bind(port);
      return { endpoint, port };
    } catch (error) {
      problem = error;
    }
  }
  throw problem;
}
