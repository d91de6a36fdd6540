import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Counters } from '../counters.ts';
import { evidenceAgainst, type Evidence } from '../evidence.ts';
import type { FileHandler } from '../file.ts';
import { messageOf } from '../message-of.ts';
import { defaultRateLimit, floodText, type RateLimit, RateLimiter } from '../rate-limit.ts';
import { type ConnectionLimits, Connections } from './connections.ts';
import { counterNames, type Counts } from './counters.ts';
import { EntityTags } from './entity-tags.ts';
import { Exchange, type ExchangeContext } from './exchange.ts';
import type { OnProblem } from './problem.ts';

/** In milliseconds. */
export type HttpTimes = {
  /** For a request's head to come, from the connection's or the last request's end. */
  readonly headMs: number;
  /** Between two requests of a connection. */
  readonly idleMs: number;
  /** For 64 KB of an answer to be taken. */
  readonly stallMs: number;
};

export type HttpFileServerOptions = {
  /** An IPv4 address or name; `0.0.0.0` stands for all IPv4 addresses of this machine. */
  readonly host: string;
  /** 0 picks one. */
  readonly port: number;
  readonly handler: FileHandler;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly onProblem?: OnProblem;
  readonly limits?: Partial<ConnectionLimits>;
  /** Requests of one address. */
  readonly rateLimit?: RateLimit;
  readonly times?: Partial<HttpTimes>;
};

export type HttpStats = Counts & { readonly lastBadRequest: Evidence | undefined };

export type HttpFileServer = {
  readonly address: { readonly address: string; readonly port: number };
  stats(): HttpStats;
  /** Aborts all transfers. Resolves when no socket is left. */
  stop(): Promise<void>;
};

const defaultLimits: ConnectionLimits = { connections: 1024, connectionsPerAddress: 32 };
const defaultTimes: HttpTimes = { headMs: 10_000, idleMs: 15_000, stallMs: 30_000 };
const headBytes = 8 * 1024;
const mostOfTarget = 120;
/** Requests that a client sends ahead, without waiting for answers. */
const mostAhead = 16;

/** Serves files to phones over HTTP/1.1. Rejects when the host or the port cannot be had. */
export async function startHttpFileServer(options: HttpFileServerOptions): Promise<HttpFileServer> {
  const { host, port } = options;
  const running = new FileServer(options);
  try {
    const { address } = await lookup(host, 4);
    await running.listen(address, port);
  } catch (error) {
    const text = `cannot serve HTTP at ${host}:${port}: ${messageOf(error)}`;
    throw new Error(text, { cause: error });
  }
  return running;
}

class FileServer implements HttpFileServer {
  readonly #context: ExchangeContext;
  readonly #counters = new Counters(counterNames);
  readonly #connections: Connections;
  readonly #limiter: RateLimiter;
  readonly #server: Server;
  /** The requests of each connection that are not answered yet, in their order. */
  readonly #serving = new Map<Socket, readonly Exchange[]>();
  #lastBadRequest: Evidence | undefined;

  constructor(options: HttpFileServerOptions) {
    const { handler, limits, now = Date.now, onProblem = () => undefined } = options;
    const times = { ...defaultTimes, ...options.times };
    const onBadRequest = this.#noteRequest.bind(this);
    const { stallMs } = times;
    this.#context = { handler, tags: new EntityTags(), stallMs, now, onProblem, onBadRequest };
    this.#connections = new Connections({ ...defaultLimits, ...limits }, this.#counters);
    const { rateLimit: limit = defaultRateLimit } = options;
    this.#limiter = new RateLimiter({
      limit,
      onFlood: (flood) =>
        onProblem({ code: 'request-flood', text: `HTTP: ${floodText(flood, limit)}` }),
    });
    this.#server = this.#createServer(times);
  }

  get address() {
    const { address, port } = this.#server.address() as AddressInfo;
    return { address, port };
  }

  stats(): HttpStats {
    return { ...this.#counters.counts, lastBadRequest: this.#lastBadRequest };
  }

  async listen(address: string, port: number): Promise<void> {
    const listening = once(this.#server, 'listening');
    this.#server.listen({ port, host: address, exclusive: true });
    await listening;
    this.#server.on('error', (error) =>
      this.#context.onProblem({ code: 'socket', text: `HTTP: ${messageOf(error)}` }),
    );
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    const answering = [...this.#serving.values()].flat().filter((each) => each.isAnswering);
    this.#connections.destroyAll();
    await Promise.all([closed, ...answering.map(({ ended }) => ended)]);
  }

  #createServer({ headMs, idleMs }: HttpTimes): Server {
    const server = createServer({
      headersTimeout: headMs,
      requestTimeout: headMs,
      keepAliveTimeout: idleMs,
      connectionsCheckingInterval: Math.min(1000, headMs),
      maxHeaderSize: headBytes,
      // The exchange asks for it, so that it is counted.
      requireHostHeader: false,
      noDelay: true,
    });
    server.on('connection', (socket: Socket) => this.#connections.admit(socket));
    for (const event of ['request', 'checkContinue', 'checkExpectation'])
      server.on(event, this.#ask.bind(this));
    server.on('connect', (_request: IncomingMessage, socket: Duplex) => this.#refuseTunnel(socket));
    server.on('clientError', (error: ClientError, socket: Duplex) => {
      if (socket instanceof Socket) this.#refuseBytes(error, socket);
    });
    return server;
  }

  /** Requests of one connection are answered one after the other. */
  #ask(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    this.#counters.add('requests');
    const ahead = this.#serving.get(socket) ?? [];
    if (ahead.length >= mostAhead) {
      this.#counters.add('aborted');
      socket.destroy();
      return;
    }
    const before = ahead.at(-1)?.ended ?? Promise.resolve();
    const isLimited = !this.#limiter.admits(socket.remoteAddress ?? '', () => lineOf(request));
    const exchange = new Exchange({ request, response, isLimited, context: this.#context }, before);
    this.#serving.set(socket, [...ahead, exchange]);
    void this.#count(exchange, socket);
  }

  async #count(exchange: Exchange, socket: Socket): Promise<void> {
    this.#counters.add('open');
    const { counted, bytes } = await exchange.ended;
    this.#counters.add('open', -1);
    this.#counters.add(counted);
    this.#counters.add('bytes', bytes);
    const left = this.#serving.get(socket)?.filter((other) => other !== exchange) ?? [];
    if (left.length > 0) this.#serving.set(socket, left);
    else this.#serving.delete(socket);
  }

  #refuseTunnel(socket: Duplex): void {
    this.#counters.add('requests');
    this.#counters.add('refused');
    endWith(socket, '405 Method Not Allowed', 'Allow: GET, HEAD\r\n');
  }

  /** What Node's parser cannot read, and what does not come in time. */
  #refuseBytes({ code = '', reason, message, rawPacket }: ClientError, socket: Socket): void {
    const isLate = code === 'ERR_HTTP_REQUEST_TIMEOUT';
    const isOver = code === 'ECONNRESET' || code === 'EPIPE' || !socket.writable;
    if (isLate) this.#counters.add('late');
    else if (!isOver) {
      this.#counters.add('requests');
      this.#counters.add('malformed');
      this.#note(socket, reason ?? message, rawPacket ?? new Uint8Array());
    }
    // In the middle of another answer this one would be taken for a part of it.
    if (isOver || this.#serving.has(socket)) socket.destroy();
    else if (isLate) endWith(socket, '408 Request Timeout');
    else if (code === 'HPE_HEADER_OVERFLOW') endWith(socket, '431 Request Header Fields Too Large');
    else endWith(socket, '400 Bad Request');
  }

  #noteRequest(request: IncomingMessage, reason: string): void {
    this.#note(request.socket, reason, Buffer.from(lineOf(request), 'latin1'));
  }

  #note({ remoteAddress, remotePort }: Socket, reason: string, bytes: Uint8Array): void {
    const from = { address: remoteAddress ?? '', port: remotePort ?? 0 };
    this.#lastBadRequest = evidenceAgainst(from, bytes, reason, this.#context.now());
  }
}

function lineOf({ method = '', url = '' }: IncomingMessage): string {
  return `${method} ${url.slice(0, mostOfTarget)}`;
}

type ClientError = Error & {
  readonly code?: string;
  readonly reason?: string;
  readonly rawPacket?: Uint8Array;
};

function endWith(socket: Duplex, status: string, more = ''): void {
  socket.end(`HTTP/1.1 ${status}\r\n${more}Connection: close\r\nContent-Length: 0\r\n\r\n`, () =>
    socket.destroy(),
  );
}
