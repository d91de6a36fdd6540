import type { LabEvent, LabRun } from './lab-run.ts';

/** How the lab is shown: live on a terminal, in lines elsewhere. */
export type LabShow = {
  start(run: LabRun): void;
  event(event: LabEvent): void;
  done(): void;
};
