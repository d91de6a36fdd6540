export type Datagram = {
  readonly bytes: Uint8Array;
  readonly address: string;
  readonly port: number;
};

/** A UDP port of the phone. */
export type Endpoint = {
  send(bytes: Uint8Array, address: string, port: number): void;
  /** The next datagram; undefined when there is none for `timeoutMs` of the phone's time. */
  receive(timeoutMs: number): Promise<Datagram | undefined>;
  /** Hands every datagram from now on to `take`; `receive` gets none any more. */
  each(take: (datagram: Datagram) => void): void;
  /** Ends a `receive` under way with undefined. */
  close(): void;
};

/** The phone's side of the wire. */
export type Network = {
  /** Rejects when the port is taken. */
  bind(port: number): Promise<Endpoint>;
};

/** Datagrams that came in, and whoever waits for one. */
export type Inbox = {
  put(datagram: Datagram): void;
  /** `arm` starts the wait's timer and returns what stops it. */
  take(arm: (expire: () => void) => () => void): Promise<Datagram | undefined>;
  each(take: (datagram: Datagram) => void): void;
  close(): void;
};

export function inbox(): Inbox {
  const waiting: Datagram[] = [];
  let closed = false;
  let settle: ((datagram: Datagram | undefined) => void) | undefined;
  let taker: ((datagram: Datagram) => void) | undefined;
  return {
    put(datagram) {
      if (closed) return;
      if (taker !== undefined) taker(datagram);
      else if (settle === undefined) waiting.push(datagram);
      else settle(datagram);
    },
    take(arm) {
      if (closed || waiting.length > 0) return Promise.resolve(waiting.shift());
      const { promise, resolve } = Promise.withResolvers<Datagram | undefined>();
      const disarm = arm(() => settle?.(undefined));
      settle = (datagram) => {
        settle = undefined;
        disarm();
        resolve(datagram);
      };
      return promise;
    },
    each(take) {
      taker = take;
      for (const datagram of waiting.splice(0)) take(datagram);
    },
    close() {
      closed = true;
      waiting.length = 0;
      settle?.(undefined);
    },
  };
}
