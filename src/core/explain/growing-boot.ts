import type { PhoneFamily } from '../../model/family.ts';
import type { Observation } from '../../model/observation.ts';
import type { PhaseName, Step, StoryBoot } from '../../model/story.ts';
import { phasesOf } from './phases.ts';

/** A boot that is being put together. */
export type Growing = {
  readonly startedAt: number;
  readonly because: string;
  readonly steps: Step[];
  /** By its family's watch. */
  stage: string;
  phase: PhaseName;
  started: boolean;
  acknowledged: boolean;
  runs?: string;
};

export function newGrowing(startedAt: number, because: string): Growing {
  return {
    ...{ startedAt, because, steps: [], stage: '', phase: 'address' },
    ...{ started: false, acknowledged: false },
  };
}

export function isAddressed({ steps }: Growing): boolean {
  return steps.every(({ phase }) => phase === 'address');
}

/** A phone that has an address and looks for one again was switched on again. */
export function startsOver(boot: Growing | undefined, { happening }: Observation): boolean {
  if (happening.kind !== 'dhcp' || happening.dhcp.message !== 'discover') return false;
  return boot === undefined || boot.acknowledged || !isAddressed(boot);
}

export function phaseOfFile(
  family: PhoneFamily | undefined,
  { stage }: Growing,
  path: string,
): PhaseName {
  if (family?.isFirmware(path)) return 'firmware';
  if (stage === 'loader' || stage === 'boot code') return 'loader';
  return family?.isConfiguration?.(path) === true ? 'configuration' : 'application';
}

export function phaseOfSeen(boot: Growing, { happening }: Observation): PhaseName {
  const { phase } = boot;
  if (happening.kind === 'dhcp' || happening.kind === 'address-conflict')
    return isAddressed(boot) ? 'address' : phase;
  if (happening.kind === 'sip') {
    const isAccepted = happening.method === 'REGISTER' && happening.status === 200;
    return isAccepted || phase === 'registered' ? 'registered' : 'application';
  }
  return happening.kind === 'unistim' && phase === 'address' ? 'application' : phase;
}

export function bootStory({ startedAt, because, steps, started, runs }: Growing): StoryBoot {
  const files = steps.flatMap((step) => ('file' in step ? [step.file] : []));
  const phases = phasesOf(steps);
  const lastAt = phases.reduce((latest, phase) => Math.max(latest, phase.lastAt), startedAt);
  const boot = { startedAt, lastAt, because, steps, files, phases, started };
  return runs === undefined ? boot : { ...boot, runs };
}
