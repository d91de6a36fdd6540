import type { Clock } from '../clock.ts';
import type { Network } from '../network.ts';
import type { TwinHappening } from '../report.ts';
import {
  type RequestAnswer,
  type Server,
  tftpClient,
  type TransferResult,
} from '../tftp-client.ts';
import type { WebClient, WebResult } from '../web-client.ts';
import { largestFirmware, largestOtherFile, portRange, retransmission } from './timing.ts';

/** A part of a boot: what reads files. */
export type Stage = {
  read(path: string): Promise<TransferResult>;
  readFirmware(path: string): Promise<TransferResult>;
  /** Asks for a file and leaves when its first block has come. */
  beginFirmware(path: string): Promise<void>;
};

export type StageParts = {
  /** The one that the phone knows now. */
  readonly tftp: () => Server | undefined;
  /** Asked first; undefined for TFTP alone. */
  readonly http: Server | undefined;
  readonly network: Network;
  readonly web: WebClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal | undefined;
};

type Tell = (happening: TwinHappening) => void;
type Limits = { readonly maxBytes: number; readonly maxBlocks?: number };

export function stageOf(parts: StageParts, tell: Tell): Stage {
  let { http } = parts;

  async function read(path: string, limits: Limits): Promise<TransferResult> {
    const byHttp = http && (await readByHttp(parts, http, path, limits, tell));
    if (byHttp?.kind === 'file') return byHttp;
    // Nobody listens there: not asked again in this boot.
    if (byHttp && byHttp.kind !== 'missing') http = undefined;
    return readByTftp(parts, path, limits, tell);
  }

  return {
    read: (path) => read(path, { maxBytes: largestOtherFile }),
    readFirmware: (path) => read(path, { maxBytes: largestFirmware }),
    async beginFirmware(path) {
      await readByTftp(parts, path, { maxBytes: largestFirmware, maxBlocks: 1 }, tell);
    },
  };
}

/** Each file from a port of its own choice. */
function readByTftp(
  { tftp: known, network, clock, random, signal }: StageParts,
  path: string,
  limits: Limits,
  tell: Tell,
): Promise<TransferResult> {
  const tftp = known();
  // Without a server's address there is nobody to ask.
  if (tftp === undefined) return Promise.resolve({ kind: 'silent' });
  const read = tftpClient({
    ...{ network, clock, retransmission, ...limits },
    firstPort: portRange.first + Math.floor(random() * portRange.count),
    onRequest: (request) => tell({ kind: 'request', ...request }),
    onAnswer: (answer) => tell({ kind: 'answer', ...answer }),
    ...(signal && { signal }),
  });
  return read(path, tftp);
}

async function readByHttp(
  { web, signal }: StageParts,
  server: Server,
  path: string,
  { maxBytes }: Limits,
  tell: Tell,
): Promise<WebResult> {
  const result = await web.get(path, server, maxBytes, signal);
  const { port } = result;
  const request = { path, port, attempt: 1, send: 1, protocol: 'http' } as const;
  tell({ kind: 'request', ...request });
  tell({ kind: 'answer', ...request, ...answerOf(result) });
  return result;
}

function answerOf(result: WebResult): Pick<RequestAnswer, 'outcome' | 'bytes' | 'error'> {
  if (result.kind === 'file') return { outcome: 'sent', bytes: result.bytes.length };
  if (result.kind !== 'error') return { outcome: result.kind, bytes: 0 };
  const { status: code, message } = result;
  return { outcome: 'error', bytes: 0, error: { code, message } };
}
