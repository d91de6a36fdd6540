import type { Mac } from '../wire/mac.ts';

/** How phones are asked to: those that know no difference restart. */
export const restartKinds = ['restart', 'reset', 'check-version'] as const;
export type RestartKind = (typeof restartKinds)[number];

/** How far the request to restart a phone has come. */
export type RestartState =
  /** Left by a command for the server that has the SIP socket. */
  | 'asked'
  /** The server, or the command, is sending it. */
  | 'sending'
  /** It was answered, or nobody did; `text` says what. */
  | 'sent'
  | 'failed';

/** That an operator wants a phone to restart. One for each phone. */
export type Restart = {
  readonly mac: Mac;
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
  readonly kind: RestartKind;
  /** What `syncinfo.xml` says to this phone until it has started again; no other value is the same. */
  readonly token: string;
  readonly state: RestartState;
  /** For people; empty as long as nothing is known. */
  readonly text: string;
};
