import type { BootFact } from '../../model/family.ts';
import { inLoader, oldApplicationCameBack, otherServerAnswers } from './phone-findings.ts';
import type { WatchState } from './watch-state.ts';

/** Only the loader asks for the files of SIP and MGCP in turn, or for a load. */
export function isHunt({ hunted, loads }: WatchState): boolean {
  return loads !== undefined || hunted.includes('sip-phone') || hunted.includes('mgcp-phone');
}

export function isUnheeded({ stage, blind, told, loads }: WatchState): boolean {
  return stage === 'loader' && !blind && told !== undefined && loads === undefined;
}

/** Once may be a server that was down, or a plug that was pulled. */
export function notHeeded(times: number, told = ''): readonly BootFact[] {
  if (times < 2) return [];
  const because = `was told to load ${told}, ${times} times, and never asked for it`;
  return [{ kind: 'finding', finding: otherServerAnswers(because), because }];
}

/** A person may pull the plug once or twice; a loader without application goes on for ever. */
export function waiting({ stage, hunts, huntedLoad }: WatchState): readonly BootFact[] {
  if (stage !== 'loader' || hunts < 2) return [];
  const because = `its loader hunts for the ${hunts + 1}th time in a row`;
  return [{ kind: 'finding', finding: inLoader(huntedLoad), because }];
}

/** It started again with the image, and then has the one of before. */
export function cameBack(image: string, because: string): readonly BootFact[] {
  return [{ kind: 'refused', image, because, cameBack: true }, findingOf(image, because)];
}

/** Its checks kept it from starting again with the image. */
export function rejected(image: string, because: string): readonly BootFact[] {
  return [{ kind: 'refused', image, because }, findingOf(image, because)];
}

function findingOf(image: string, because: string): BootFact {
  return { kind: 'finding', finding: oldApplicationCameBack(image, because), because };
}
