import type { DhcpListenErrorCode } from './listen-error.ts';
import type { Place } from './place.ts';

/** What the thread of the sockets is started with. */
export type SocketWorkerData = {
  readonly place: Place;
  /** Memory of the rings for what came, and for what is to be sent. */
  readonly received: SharedArrayBuffer;
  readonly sending: SharedArrayBuffer;
};

/** `wake`: datagrams are in the ring. */
export type ToSockets = { readonly kind: 'wake' | 'close' };

export type FromSockets =
  | { readonly kind: 'wake' }
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'not-listening'; readonly fault: Fault }
  | { readonly kind: 'error'; readonly text: string }
  | {
      readonly kind: 'not-sent';
      readonly to: { readonly address: string; readonly port: number };
      readonly text: string;
    };

/** An error, in what a thread can hand to another: `listenCode` is that of a DhcpListenError. */
export type Fault = {
  readonly message: string;
  readonly listenCode?: DhcpListenErrorCode;
  /** `code`, `syscall` and the like of the system's errors. */
  readonly system: Readonly<Record<string, string | number>>;
};
