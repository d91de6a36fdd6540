import type { ServiceKnown } from './service-control.ts';
import type { SipSettings } from './sip-settings.ts';
import type { SyncDecision } from './sync-decision.ts';
import type { SipWords } from './sip-words.ts';

/** What a family's phones make of SIP. */
export type SipFamily = {
  /** Name of the image that runs. */
  readonly image: string;
  readonly words: SipWords;
  readonly settings: SipSettings;
  /** `Event: check-sync`. */
  readonly checkSync: {
    /** Milliseconds that the phone has to be idle before it acts. */
    readonly idleMs: number;
    decide(): Promise<SyncDecision>;
  };
  /** `Event: service-control`, where the phone understands it. */
  readonly serviceControl?: Omit<ServiceKnown, 'callIds'>;
  /** Asks its proxy again and again whether it is there; none where it is left out. */
  readonly heartbeat?: { readonly everyMs: number; readonly failures: number };
  /** Whether it takes its registrations back before it starts again. */
  readonly saysGoodbye: boolean;
  /** Milliseconds from a reset to the first request. */
  readonly resetMs: number;
};
