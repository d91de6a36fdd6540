import type { Progress } from '../../model/progress.ts';
import type { Mac } from '../../wire/mac.ts';
import type { PhoneEvent } from '../follower.ts';
import { isLateness } from '../phone-findings.ts';

/** What became of asking a phone to restart. `busy`: a call is up. */
export type AskAnswer = 'sent' | 'busy' | 'unreachable';

/** What a phone shows of itself, as far as it matters to a rollout. */
export type Sign =
  | { readonly kind: 'booted' }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'shows'; readonly shown: 'runs' | 'refused'; readonly image: string }
  /** It runs something and reads its files; which image is not said. */
  | { readonly kind: 'up' }
  | { readonly kind: 'registered' }
  | { readonly kind: 'looping' }
  /** It took a file and has not been heard of since. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'answer'; readonly answer: AskAnswer };

export type RegistrationEvent = {
  readonly kind: 'registered';
  readonly mac: Mac;
  readonly at: number;
};

/** What an event about a phone says to its rollout; undefined for nothing. */
export function signOf(
  event: PhoneEvent | RegistrationEvent,
): { readonly mac: Mac; readonly sign: Sign | undefined } | undefined {
  switch (event.kind) {
    case 'registered':
      return { mac: event.mac, sign: { kind: 'registered' } };
    case 'progress':
      return { mac: event.mac, sign: { kind: 'progress', progress: event.progress } };
    case 'fact':
      return { mac: event.mac, sign: signOfFact(event.fact) };
    case 'finding': {
      const { mac, code } = event.finding;
      if (code === 'boot-loop') return { mac, sign: { kind: 'looping' } };
      return isLateness(event.finding) ? { mac, sign: { kind: 'silent' } } : undefined;
    }
    case 'news':
    case 'mended':
      return undefined;
  }
}

function signOfFact(fact: Extract<PhoneEvent, { kind: 'fact' }>['fact']): Sign | undefined {
  switch (fact.kind) {
    case 'boot':
      return { kind: 'booted' };
    case 'runs':
    case 'refused':
      return { kind: 'shows', shown: fact.kind, image: fact.image };
    case 'runs-like':
    case 'keeps':
      return { kind: 'up' };
    case 'phase':
    case 'restarted-with':
    case 'finding':
    case 'mended':
    case 'passed-over':
    case 'took':
      return undefined;
  }
}
