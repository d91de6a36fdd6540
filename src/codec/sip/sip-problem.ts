import type { SipHeader } from './sip-message.ts';

/** What is wrong with a message, and how a request with it is answered. */
export type SipProblem = {
  readonly status: number;
  readonly reason: string;
  /** For people: the field and its fault. */
  readonly text: string;
  /** That the answer has to have: Allow, Accept, Unsupported… */
  readonly headers?: readonly SipHeader[];
};

/** What the receiver of a message is able to do; what is left out is not checked. */
export type SipAbilities = {
  readonly role: 'user-agent' | 'registrar' | 'proxy';
  /** Methods that it takes: `REGISTER`, … */
  readonly methods?: readonly string[];
  /** Option tags that it supports. */
  readonly extensions?: readonly string[];
  /** Bodies that it reads: `application/sdp`. */
  readonly contentTypes?: readonly string[];
  readonly mostBodyBytes?: number;
  readonly mostUriLength?: number;
};

export function badRequest(text: string): SipProblem {
  return { status: 400, reason: 'Bad Request', text };
}
