import { firmwareLibrary } from '../core/firmware/library.ts';
import {
  lackingFirmware,
  reachOf,
  type LackingStep,
  type Reach,
} from '../core/firmware/lacking.ts';
import type { PhoneFamily } from '../model/family.ts';
import type { Plan } from '../model/plan.ts';
import { withWorkspace, type Cli } from './command.ts';

/** How far the workspace's library takes a plan. */
export type PlanReach = {
  /** Hops of the plan. */
  readonly hops: number;
  /** Hops that can be served with what is there. */
  readonly reach: number;
  readonly lacking: readonly (Omit<LackingStep, 'step'> & { readonly hop: number })[];
  readonly next?: Reach['next'];
};

/** Undefined for no plan, and where there is no workspace whose library could be asked. */
export async function reachOfPlan(
  cli: Cli,
  dir: string,
  family: PhoneFamily,
  plan: Plan,
): Promise<PlanReach | undefined> {
  if (!plan.possible || plan.hops.length === 0) return undefined;
  if (!(await cli.ops.isWorkspace(dir))) return undefined;
  return withWorkspace(cli, dir, async (workspace) => {
    const { files } = await cli.ops.firmwareFolder(workspace).scan();
    const library = firmwareLibrary(cli.ops.families, files);
    const lacking = lackingFirmware(family, plan.hops, library);
    const { steps, next } = reachOf(plan.hops.length, lacking);
    return {
      ...{ hops: plan.hops.length, reach: steps },
      lacking: lacking.map(({ step, ...rest }) => ({ hop: step + 1, ...rest })),
      ...(next && { next }),
    };
  });
}

export function reachLines(reach: PlanReach | undefined): readonly string[] {
  if (!reach) return [];
  const { lacking, next, hops } = reach;
  if (!next) return ['', 'The library has all of it.'];
  return ['', ...lacking.flatMap(lackingLines), ...nextLines(reach.reach, next, hops)];
}

function lackingLines(lacking: PlanReach['lacking'][number]) {
  const { hop, image, files, unusable, faults, spelling } = lacking;
  const what = [
    ...(files.length > 0 ? [`lacks ${files.join(', ')}`] : []),
    ...(unusable.length > 0 ? [`has damaged files: ${unusable.join(', ')}`] : []),
    ...faults.map(({ text }) => `has files that do not fit: ${text}`),
  ];
  const lines = [`Hop ${hop} needs ${image}: the library ${what.join(' and ')}`];
  if (spelling === undefined) return lines;
  return [
    ...lines,
    `  It has ${spelling}, the same release: phones take the exact name, use that.`,
  ];
}

function nextLines(
  reach: number,
  { image, steps }: NonNullable<Reach['next']>,
  hops: number,
): readonly string[] {
  const now = reach === 0 ? 'Nothing can start yet.' : `As it is, the way ends after hop ${reach}.`;
  const then = steps === hops ? 'goes to its end' : `goes as far as hop ${steps}`;
  const start = reach === 0 ? 'it starts and ' : `it goes on from hop ${reach} and `;
  return [`${now} With ${image} imported ${start}${then}.`];
}
