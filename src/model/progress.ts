import type { Mac } from '../wire/mac.ts';
import type { UpgradeStep } from './plan.ts';

export type ProgressState =
  | 'under-way'
  /** The library lacks files of the present step: it is begun when they are there. */
  | 'waiting'
  | 'done'
  | 'stopped';

/** How far a phone has come on its plan. On disk before the phone sees a file of the next hop. */
export type Progress = {
  readonly mac: Mac;
  /** The image that the plan starts from, and the reason to believe that the phone runs it. */
  readonly from: string;
  readonly because: string;
  /** The image that the plan ends on. */
  readonly target: string;
  readonly steps: readonly UpgradeStep[];
  /** Index of the step being served; `steps.length` when all are proved. */
  readonly step: number;
  readonly state: ProgressState;
  /** Times that the phone took the present step's image and came back without running it. */
  readonly attempts: number;
  /** What proved the last step, or why it waits or stopped. */
  readonly reason: string;
  /** Images that the phone did not take on the way to the target, once for each time. */
  readonly refused?: readonly string[];
  readonly updatedAt: number;
};

/** A line of the log of one phone's progress: what was put, and when. */
export type ProgressChange = Pick<
  Progress,
  'mac' | 'from' | 'target' | 'step' | 'state' | 'attempts' | 'reason'
> & {
  readonly at: number;
  /** The images of the steps. */
  readonly hops: readonly string[];
};
