import { decodeNortelImage } from '../../codec/image/nortel-2004-image.ts';
import type { UftpMessage } from '../../codec/unistim/uftp.ts';
import { CodecError } from '../../wire/codec-error.ts';
import type { RequestAnswer, Server, TransferResult } from '../tftp-client.ts';
import type { NortelPhone } from './phone.ts';
import { bindFrom, RudpConnection } from './rudp-connection.ts';
import { durations, largestFirmware, uftpLimits, usualRetries } from './timing.ts';

export type UftpRequest = {
  readonly path: string;
  readonly server: Server;
  /** The id that the server gave the phone. */
  readonly terminalId: number;
  /** The phone's port, where the server named one. */
  readonly localPort: number | undefined;
};

/**
 * Reads a file by UFTP over a connection of its own. The order of messages, and that a block shorter
 * than the others ends the file, are our assumption: only the layouts are known. `silent`: the
 * server's words ended half-way, or never came. An error is a connection denied.
 */
export async function readByUftp(
  phone: NortelPhone,
  { path, server, terminalId, localPort }: UftpRequest,
): Promise<TransferResult> {
  const { network, clock, signal } = phone.around;
  const { endpoint, port } = await bindFrom(network, localPort ?? phone.newPort());
  const connection = new RudpConnection({
    ...{ endpoint, server, clock, signal },
    tell: (happening) => phone.tell(happening),
  });
  connection.terminalId = terminalId;
  const sent = { path, port, attempt: 1, send: 1, protocol: 'uftp' } as const;
  phone.tell({ kind: 'request', ...sent });
  try {
    const read = new UftpReading(phone, connection);
    const result = await read.run(path);
    phone.tell({ kind: 'answer', ...sent, ...answerOf(result, read) });
    if (result.kind === 'file') await connection.next(2 * durations.helloAgain.ms);
    return result;
  } finally {
    connection.close();
  }
}

function answerOf(
  result: TransferResult,
  { bytes, hasLeft }: UftpReading,
): Pick<RequestAnswer, 'outcome' | 'bytes' | 'error'> {
  switch (result.kind) {
    case 'file':
      return { outcome: 'sent', bytes };
    case 'error': {
      const { code, message } = result;
      return { outcome: 'error', bytes, error: { code, message } };
    }
    case 'silent':
      return { outcome: hasLeft ? 'aborted' : 'silent', bytes };
  }
}

const denied: TransferResult = { kind: 'error', code: 0, message: 'connection denied' };

function isWholeImage(bytes: Uint8Array): boolean {
  try {
    return decodeNortelImage(bytes).size === bytes.length;
  } catch (error) {
    if (error instanceof CodecError) return false;
    throw error;
  }
}

class UftpReading {
  readonly #phone: NortelPhone;
  readonly #connection: RudpConnection;
  readonly #blocks: Uint8Array[] = [];
  bytes = 0;
  /** A fault made the phone leave. */
  hasLeft = false;

  constructor(phone: NortelPhone, connection: RudpConnection) {
    this.#phone = phone;
    this.#connection = connection;
  }

  async run(path: string): Promise<TransferResult> {
    const request = { kind: 'uftp', message: { kind: 'connection-request' } } as const;
    if (!(await this.#connection.open(request, usualRetries))) return { kind: 'silent' };
    // A server may grant only when it knows what is wanted.
    const first = await this.#next(durations.uftpGrant.ms);
    if (first?.kind === 'connection-denied') return denied;
    this.#say({ kind: 'connection-details', ...uftpLimits, path });
    for (;;) {
      const message = await this.#next(durations.uftpSilence.ms);
      if (message === undefined) return this.#afterSilence();
      if (message.kind === 'connection-denied') return denied;
      if (message.kind !== 'file-data') continue;
      const end = this.#take(message.block);
      if (end !== undefined) return end;
    }
  }

  /** Where no short block ends a file, its own length may say that it is whole. */
  #afterSilence(): TransferResult {
    const bytes = Buffer.concat(this.#blocks);
    return isWholeImage(bytes) ? { kind: 'file', bytes } : { kind: 'silent' };
  }

  async #next(waitMs: number): Promise<UftpMessage | undefined> {
    const payload = await this.#connection.next(waitMs);
    return payload?.kind === 'uftp' ? payload.message : undefined;
  }

  #say(message: UftpMessage): void {
    this.#connection.say({ kind: 'uftp', message });
  }

  /** Undefined where more blocks follow. */
  #take(block: Uint8Array): TransferResult | undefined {
    this.#blocks.push(block);
    this.bytes += block.length;
    if (this.#phone.breaksOffAfter(this.#blocks.length)) {
      this.hasLeft = true;
      return { kind: 'silent' };
    }
    if (this.bytes > largestFirmware)
      return { kind: 'error', code: 0, message: `larger than ${largestFirmware} bytes` };
    if (block.length < uftpLimits.blockSize)
      return { kind: 'file', bytes: Buffer.concat(this.#blocks) };
    if (this.#blocks.length % uftpLimits.blockLimit === 0) this.#say({ kind: 'flow-control-off' });
    return undefined;
  }
}
