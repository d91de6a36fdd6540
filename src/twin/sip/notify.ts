import { headerOf } from '../../codec/sip/headers-of.ts';
import type { ServerTransaction } from '../../codec/sip/server-transactions.ts';
import type { SipRequest } from '../../codec/sip/sip-message.ts';
import { eventOf } from '../../codec/sip/typed-headers.ts';
import { CodecError } from '../../wire/codec-error.ts';
import { latin1 } from '../../wire/reader.ts';
import type { IdleWatch } from './idle-watch.ts';
import { readServiceControl, serviceDecision } from './service-control.ts';
import type { SipFamily } from './sip-family.ts';

/** How a phone is to start again. */
export type RestartWay = { readonly kind: 'restart' | 'reset'; readonly because: string };

export type NotifyParts = {
  readonly family: SipFamily;
  readonly idle: IdleWatch;
  /** Of the registrations that hold. */
  callIds(): readonly string[];
  readonly isIgnored: boolean;
  /** What a NOTIFY has come to, in words. */
  tell(text: string): void;
  startAgain(way: RestartWay): void;
  /** The phone can go no further. */
  fail(error: unknown): void;
};

/** Answers a NOTIFY and does what it asks for, once the phone is idle. */
export function takeNotify({ request, answer }: ServerTransaction, parts: NotifyParts): void {
  const { family } = parts;
  const server = { name: 'Server', value: family.words.userAgent };
  const reply = (status: number, reason: string) => answer({ status, reason, headers: [server] });
  switch (eventName(request)) {
    case 'check-sync':
      reply(200, 'OK');
      return checkSync(parts);
    case 'service-control': {
      const known = family.serviceControl;
      if (!known) return reply(489, 'Bad Event');
      const asked = readServiceControl(latin1(request.body));
      const decision = serviceDecision(asked, { ...known, callIds: parts.callIds() });
      if (decision.kind === 'refuse') parts.tell(decision.because);
      if (decision.kind === 'refuse') return reply(400, 'Bad Request');
      reply(200, 'OK');
      return control(parts, decision.kind, decision.because);
    }
    // Waiting messages, and what a proxy keeps a way through NAT open with.
    case 'message-summary':
    case 'keep-alive':
      return reply(200, 'OK');
    default:
      return reply(489, 'Bad Event');
  }
}

function checkSync(parts: NotifyParts): void {
  if (parts.isIgnored) return;
  const { idleMs, decide } = parts.family.checkSync;
  const follow = async () => {
    const { restarts, because } = await decide();
    parts.tell(because);
    if (restarts) parts.startAgain({ kind: 'reset', because: `check-sync: ${because}` });
  };
  parts.idle.want(idleMs, () => void follow().catch(parts.fail));
}

function control(parts: NotifyParts, kind: 'restart' | 'reset' | 'nothing', because: string): void {
  if (parts.isIgnored) return;
  parts.tell(because);
  if (kind !== 'nothing') parts.idle.want(0, () => parts.startAgain({ kind, because }));
}

function eventName(request: SipRequest): string {
  try {
    return eventOf(request)?.word.toLowerCase() ?? '';
  } catch (error) {
    if (error instanceof CodecError) return headerOf(request, 'event') ?? '';
    throw error;
  }
}
