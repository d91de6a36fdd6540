import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FileAnswer, FileHandler, FileRequest, TransferEnd } from '../file.ts';
import { messageOf } from '../message-of.ts';
import { type Answer, answerWithFile, plainAnswer } from './answer.ts';
import type { CounterName } from './counters.ts';
import { deliver, type Delivery } from './deliver.ts';
import type { EntityTags } from './entity-tags.ts';
import type { OnProblem } from './problem.ts';
import { readTarget } from './target.ts';

export type ExchangeContext = {
  readonly handler: FileHandler;
  readonly tags: EntityTags;
  readonly stallMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly onProblem: OnProblem;
  /** A request against the rules, and the rule. */
  readonly onBadRequest: (request: IncomingMessage, reason: string) => void;
};

/** What the exchange is counted as, and bytes of the file that were taken. */
export type ExchangeEnd = { readonly counted: CounterName; readonly bytes: number };

type Refusal = {
  readonly answer: Answer;
  readonly counted: CounterName;
  readonly reason?: string;
};

type Parts = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Its address asks for more than it may. */
  readonly isLimited: boolean;
  readonly context: ExchangeContext;
};

/** A request from its arrival until nothing more is sent for it. */
export class Exchange {
  readonly #parts: Parts;
  /** Never rejects. */
  readonly ended: Promise<ExchangeEnd>;
  #isAnswering = false;

  /** Begins when the exchange before it on its connection has ended. */
  constructor(parts: Parts, before: Promise<unknown>) {
    this.#parts = parts;
    this.ended = before.then(() => this.#serve()).catch((error: unknown) => this.#fail(error));
  }

  /** The handler has answered, and the client is being answered. */
  get isAnswering(): boolean {
    return this.#isAnswering;
  }

  async #serve(): Promise<ExchangeEnd> {
    const { request, response, isLimited, context } = this.#parts;
    if (request.socket.destroyed) return { counted: 'aborted', bytes: 0 };
    // Bodies are not read: the next request would have to be looked for behind one.
    if (hasBody(request)) response.shouldKeepAlive = false;
    const limited = isLimited ? tooMany(request) : undefined;
    const asked = limited ?? refusalOf(request) ?? readTarget(request.url ?? '');
    if ('kind' in asked && asked.kind === 'path') return this.#serveFile(asked.path);
    const { answer, counted, reason } = 'kind' in asked ? barred(request, asked.reason) : asked;
    if (reason !== undefined) context.onBadRequest(request, reason);
    this.#isAnswering = true;
    await deliver(response, answer, context.stallMs);
    return { counted, bytes: 0 };
  }

  async #serveFile(path: string): Promise<ExchangeEnd> {
    const { request, response, context } = this.#parts;
    const fileRequest = requestFor(request, path);
    const startedAt = context.now();
    const found = await openFile(fileRequest, context);
    this.#isAnswering = true;
    const answer = answerTo(request, path, found, context.tags);
    const delivery: Delivery = request.socket.destroyed
      ? { outcome: 'aborted', bytes: 0 }
      : await deliver(response, answer, context.stallMs);
    const outcome = outcomeOf(answer, delivery, found);
    const bytes = isOfFile(answer) ? delivery.bytes : 0;
    closeFile({ request: fileRequest, outcome, bytes, startedAt }, found, context);
    return { counted: outcome === 'timed-out' ? 'timedOut' : outcome, bytes };
  }

  #fail(error: unknown): ExchangeEnd {
    const { request, context } = this.#parts;
    request.socket.destroy();
    const text = `request for ${JSON.stringify(request.url)}: ${messageOf(error)}`;
    context.onProblem({ code: 'internal', text });
    return { counted: 'aborted', bytes: 0 };
  }
}

/** RFC 9112 section 3.2, RFC 9110 sections 15.5.6 and 10.1.1. */
function refusalOf({ method = '', headers, httpVersion }: IncomingMessage): Refusal | undefined {
  if (httpVersion !== '1.0' && headers.host === undefined)
    return { answer: plainAnswer(method, 400), counted: 'malformed', reason: 'no Host' };
  if (method !== 'GET' && method !== 'HEAD')
    return { answer: plainAnswer(method, 405, { Allow: 'GET, HEAD' }), counted: 'refused' };
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue')
    return { answer: plainAnswer(method, 417), counted: 'refused' };
  return undefined;
}

/** RFC 6585 section 4. */
function tooMany({ method = '' }: IncomingMessage): Refusal {
  return { answer: plainAnswer(method, 429, { 'Retry-After': 1 }), counted: 'limited' };
}

/** Missing to the client, as a file is that may not be read. */
function barred({ method = '' }: IncomingMessage, why: string): Refusal {
  return { answer: plainAnswer(method, 404), counted: 'barred', reason: `the target ${why}` };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function requestFor({ socket }: IncomingMessage, path: string): FileRequest {
  const { remoteAddress: address = '', remotePort: port = 0, localAddress = '' } = socket;
  return { protocol: 'http', address, port, localAddress, path };
}

/** Undefined where the handler failed: to the client the file is missing. */
async function openFile(
  request: FileRequest,
  { handler, onProblem }: ExchangeContext,
): Promise<FileAnswer | undefined> {
  try {
    return await handler.open(request);
  } catch (error) {
    onProblem(handlerProblem(request, error));
    return undefined;
  }
}

function answerTo(
  { method = '', headers }: IncomingMessage,
  path: string,
  found: FileAnswer | undefined,
  tags: EntityTags,
): Answer {
  if (found?.kind !== 'found') return plainAnswer(method, 404);
  const { bytes, modifiedAt } = found;
  return answerWithFile({ method, headers }, { path, bytes, modifiedAt, tag: tags.of(bytes) });
}

function outcomeOf(
  answer: Answer,
  { outcome, bytes }: Delivery,
  found: FileAnswer | undefined,
): TransferEnd['outcome'] {
  if (outcome !== 'delivered') return outcome;
  if (found?.kind !== 'found') return 'missing';
  if (answer.status === 416) return 'refused';
  return answer.status === 200 && bytes === found.bytes.length ? 'sent' : 'partial';
}

function isOfFile({ status }: Answer): boolean {
  return status === 200 || status === 206;
}

function closeFile(
  end: Pick<TransferEnd, 'request' | 'outcome' | 'bytes' | 'startedAt'>,
  found: FileAnswer | undefined,
  { handler, now, onProblem }: ExchangeContext,
): void {
  if (!found) return;
  try {
    handler.closed({ ...end, ticket: found.ticket, retries: 0, endedAt: now() });
  } catch (error) {
    onProblem(handlerProblem(end.request, error));
  }
}

function handlerProblem({ path, address }: FileRequest, error: unknown) {
  const text = `the handler failed for ${JSON.stringify(path)} of ${address}: ${messageOf(error)}`;
  return { code: 'handler', text } as const;
}
