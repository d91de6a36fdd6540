import type { RequestOutcome } from '../../model/boot.ts';
import { imageName } from './image-name.ts';
import type { Awaited } from './lateness.ts';
import { isHunt } from './loader-hunt.ts';
import { namedImages } from './named-images.ts';
import type { FileKind, FileName } from './paths.ts';
import type { WatchState } from './watch-state.ts';

export function sent(
  state: WatchState,
  { kind, name }: FileName,
  text: string | undefined,
): WatchState {
  if (kind === 'image') return { ...state, taken: [...state.taken, name] };
  if (kind === 'application-image')
    return { ...state, taken: [...state.taken, name], applied: name };
  if (!configurations.has(kind)) return state;
  if (text === undefined) return { ...state, blind: true };
  const named = namedImages(kind, text);
  if (named.length === 0) return { ...state, broken: kind === 'sccp-phone' && text.trim() === '' };
  const loads = named.filter((image) => imageName(image).kind !== 'loader');
  const offered = [...state.offered, ...loads];
  const [told] = kind === 'sccp-default' ? [] : loads;
  return { ...state, named, offered, ...(told !== undefined && { told }) };
}

export function notSent(state: WatchState, { kind }: FileName): WatchState {
  if (kind === 'application-image') return { ...state, accepted: undefined };
  return kind === 'loads' ? { ...state, noLoads: true } : state;
}

const configurations: ReadonlySet<FileKind> = new Set([
  ...(['sccp-phone', 'sccp-default', 'boot-text'] as const),
  ...(['sip-phone', 'sip-default', 'mgcp-phone', 'mgcp-default'] as const),
]);

export function awaitedAfter(
  state: WatchState,
  { kind }: FileName,
  outcome: RequestOutcome,
): Awaited | undefined {
  const isFirmware = kind === 'image' || kind === 'application-image' || kind === 'loads';
  if (isFirmware && (outcome === 'aborted' || outcome === 'timed-out')) return 'again';
  if (kind === 'image') return outcome === 'sent' ? 'image' : undefined;
  if (kind === 'application-image') return outcome === 'sent' ? 'application' : 'hunt';
  if (kind === 'boot-text' || (kind === 'trust-list' && state.stage === 'loader')) return 'next';
  if (state.stage !== 'loader' || !(isHunt(state) || state.broken)) return undefined;
  return kind === 'loads' && outcome === 'sent' ? 'load' : 'hunt';
}
