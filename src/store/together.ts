import { setImmediate as nextTurn } from 'node:timers/promises';

type Asked<Input, Output> = { readonly input: Input; readonly done: PromiseWithResolvers<Output> };

/**
 * One by one for whoever asks, in one transaction for the disk: while some are written, the next ones
 * gather. Where a group cannot be written each of it is tried alone, so that none fails for another.
 */
export function together<Input, Output>(
  write: (inputs: readonly Input[]) => Promise<readonly Output[]>,
): (input: Input) => Promise<Output> {
  let waiting: Asked<Input, Output>[] = [];
  let isRunning = false;

  async function settle(group: readonly Asked<Input, Output>[]): Promise<void> {
    try {
      const outputs = await write(group.map(({ input }) => input));
      for (const [at, { done }] of group.entries()) done.resolve(outputs[at] as Output);
    } catch (error) {
      if (group.length === 1) group[0]?.done.reject(error);
      else for (const each of group) await settle([each]);
    }
  }

  async function run(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      await nextTurn();
      const group = waiting;
      waiting = [];
      await settle(group);
    }
    isRunning = false;
  }

  return (input) => {
    const done = Promise.withResolvers<Output>();
    waiting.push({ input, done });
    if (!isRunning) void run();
    return done.promise;
  };
}
