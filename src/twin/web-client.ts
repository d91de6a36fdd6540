import { request, type IncomingMessage } from 'node:http';
import type { RealClock } from './clock.ts';
import { ownAddress, type OwnAddress } from './own-address.ts';
import type { Server } from './tftp-client.ts';

/** `refused`: nobody listens there. */
export type WebResult = (
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'missing' }
  | { readonly kind: 'error'; readonly status: number; readonly message: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'silent' }
) & {
  /** The phone's own. */
  readonly port: number;
};

/** Gets one file by HTTP. Rejects only with the reason of the signal. */
export type WebClient = {
  get(path: string, server: Server, maxBytes: number, signal?: AbortSignal): Promise<WebResult>;
};

/** Phone time for which an answer is waited for. */
const patienceMs = 10_000;

/** Real HTTP from one local address at a time. */
export function webClient(own: OwnAddress, clock: RealClock): WebClient {
  return {
    get(path, { address: host, port }, maxBytes, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<WebResult>();
      const asked = request({
        ...{ host, port, localAddress: ownAddress(own), agent: false },
        path: `/${encodeURI(path)}`,
        timeout: clock.patience(patienceMs),
        headers: { 'User-Agent': 'Hookflash twin' },
        ...(signal && { signal }),
      });
      const ownPort = () => asked.socket?.localPort ?? 0;
      asked.on('timeout', () => {
        clock.waited(patienceMs, clock.patience(patienceMs));
        resolve({ kind: 'silent', port: ownPort() });
        asked.destroy();
      });
      asked.on('error', (error: NodeJS.ErrnoException) => {
        if (signal?.aborted === true) return reject(signal.reason as Error);
        resolve({ kind: error.code === 'ECONNREFUSED' ? 'refused' : 'silent', port: ownPort() });
      });
      asked.on('response', (response) => {
        const port = ownPort();
        read(response, maxBytes).then(
          (result) => resolve({ ...result, port }),
          () => resolve({ kind: 'silent', port }),
        );
      });
      asked.end();
      return promise;
    },
  };
}

type Read = WebResult extends infer Each ? (Each extends unknown ? Omit<Each, 'port'> : 0) : 0;

async function read(response: IncomingMessage, maxBytes: number): Promise<Read> {
  const { statusCode: status = 0, statusMessage: message = '' } = response;
  if (status !== 200) {
    response.resume();
    return status === 404 ? { kind: 'missing' } : { kind: 'error', status, message };
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes) break;
  }
  if (size > maxBytes) return { kind: 'error', status, message: `larger than ${maxBytes} bytes` };
  return { kind: 'file', bytes: Buffer.concat(chunks) };
}
