import { encodeNetascii } from '../../codec/tftp/netascii.ts';
import { errorCodes } from '../../codec/tftp/packet.ts';
import { messageOf } from '../message-of.ts';
import type { Endpoint } from './endpoint.ts';
import type { FileOpener, OpenAnswer, TransferResult } from './open-files.ts';
import type { OnProblem } from './problem.ts';
import { isSameRequest } from './request.ts';
import type { ReadRequest } from './request.ts';
import { grantTerms } from './terms.ts';
import { TransferSocket } from './transfer-socket.ts';
import type { OnStray } from './transfer-socket.ts';
import { bindUdp, closeUdp } from './udp.ts';
import type { Peer } from './udp.ts';

/** A request, who sent it, and to which of the server's addresses. */
export type Arrival = {
  readonly request: ReadRequest;
  readonly peer: Peer;
  readonly endpoint: Endpoint;
};

export type ServingContext = {
  readonly files: FileOpener;
  readonly onStray: OnStray;
  readonly onProblem: OnProblem;
};

type FoundAnswer = Extract<OpenAnswer, { kind: 'found' }>;

const notFound = {
  kind: 'error',
  code: errorCodes.fileNotFound,
  message: 'File not found',
} as const;

const aborted: TransferResult = { outcome: 'aborted', bytes: 0, retries: 0 };
const missing: TransferResult = { outcome: 'missing', bytes: 0, retries: 0 };

/** A read request from its arrival until nothing more is sent for it. */
export class ServedRequest {
  readonly #arrival: Arrival;
  readonly #context: ServingContext;
  /** Resolves at the end; undefined if the request was dropped. Never rejects. */
  readonly ended: Promise<TransferResult | undefined>;
  #stage: 'opening' | 'answering' = 'opening';
  #transfer: TransferSocket | undefined;
  #isAborted = false;

  constructor(arrival: Arrival, context: ServingContext) {
    this.#arrival = arrival;
    this.#context = context;
    this.ended = this.#serve();
  }

  /** The handler has not answered yet. */
  get isOpening(): boolean {
    return this.#stage === 'opening';
  }

  /**
   * Whether the client's new request for the same file takes this one's place: the client wants
   * the file in another way, or has started anew. Else it is a copy.
   */
  yieldsTo(request: ReadRequest): boolean {
    if (!isSameRequest(request, this.#arrival.request)) return true;
    return this.#transfer?.isAbandoned ?? false;
  }

  abort(): void {
    this.#isAborted = true;
    this.#transfer?.abort();
  }

  async #serve(): Promise<TransferResult | undefined> {
    const { files } = this.#context;
    const answer = await files.open(this.#fileRequest());
    if (answer.kind === 'busy') return undefined;
    this.#stage = 'answering';
    const result = await this.#answer(answer).catch((error: unknown) => this.#fail(error));
    files.close(answer.id, result);
    return result;
  }

  #fileRequest() {
    const { request, peer, endpoint } = this.#arrival;
    const { address, port } = peer;
    const localAddress = endpoint.address;
    return { protocol: 'tftp', address, port, localAddress, path: request.path } as const;
  }

  async #answer(answer: Exclude<OpenAnswer, { kind: 'busy' }>): Promise<TransferResult> {
    if (this.#isAborted) return aborted;
    if (answer.kind === 'found') return this.#send(answer);
    await this.#arrival.endpoint.refuse(notFound, this.#arrival.peer);
    return missing;
  }

  async #send({ bytes, isProven }: FoundAnswer): Promise<TransferResult> {
    const { request, peer, endpoint } = this.#arrival;
    const socket = await bindUdp(endpoint.address, 0);
    if (this.#isAborted) {
      await closeUdp(socket);
      return aborted;
    }
    const content = request.mode === 'netascii' ? encodeNetascii(bytes) : bytes;
    const terms = grantTerms(request.options, content.length);
    const { onStray } = this.#context;
    const onFailure = (error: unknown) => void this.#fail(error);
    this.#transfer = new TransferSocket({
      ...{ socket, peer, content, terms, isProven, onStray, onFailure },
    });
    return this.#transfer.ended;
  }

  #fail(error: unknown): TransferResult {
    const { address, port } = this.#arrival.peer;
    const text = `transfer to ${address}:${port}: ${messageOf(error)}`;
    this.#context.onProblem({ code: 'socket', text });
    return aborted;
  }
}
