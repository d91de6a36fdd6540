import { orderProblem } from '../core/rollout/orders.ts';
import { AppError } from '../errors.ts';
import { isOver, type RolloutOrder } from '../model/rollout.ts';
import { command, inWorkspace, withWorkspace, type Cli, type MakeCommand } from './command.ts';
import type { Workspace } from './operations.ts';
import { knownRollout } from './rollout-words.ts';

type Flags = { readonly dir: string; readonly json?: boolean };

/** How long the running `serve` has to take an order up. */
const patienceMs = 2000;
const lookMs = 100;

const orders: readonly (readonly [RolloutOrder, string])[] = [
  ['start', 'begin with the first group'],
  ['pause', 'ask no more phones; those under way go on'],
  ['resume', 'go on after a pause; failures so far are let pass'],
  ['approve', 'allow the next group'],
  ['abort', 'end it; phones under way go on'],
];

/** Written into the store, where the running `serve` finds it. */
export const rolloutOrders: readonly MakeCommand[] = orders.map(
  ([order, help]) =>
    (cli) =>
      inWorkspace(command(order, help))
        .argument('<NAME>', 'the rollout')
        .action((name: string, flags: Flags) =>
          withWorkspace(cli, flags.dir, (workspace) => give(cli, workspace, name, order, flags)),
        ),
);

export const rolloutRemove: MakeCommand = (cli) =>
  inWorkspace(command('remove', 'forget a rollout that is over or has not begun'))
    .argument('<NAME>', 'the rollout')
    .action((name: string, flags: Flags) =>
      withWorkspace(cli, flags.dir, async ({ store }) => {
        const rollout = await knownRollout(store, name);
        if (!isOver(rollout) && rollout.state !== 'created')
          throw new AppError('not-possible', `${name} is ${rollout.state}: abort it first`);
        await store.rolloutDelete(name);
        cli.io.out(flags.json ? JSON.stringify({ removed: name }) : `${name} is removed`);
      }),
    );

async function give(
  { io, ops }: Cli,
  { store }: Workspace,
  name: string,
  order: RolloutOrder,
  { json }: Flags,
): Promise<void> {
  const problem = orderProblem(await knownRollout(store, name), order);
  if (problem !== undefined) throw new AppError('not-possible', problem);
  const id = await store.intentAdd(name, order, ops.now());
  const isOpen = async () => (await store.intentList()).some((intent) => intent.id === id);
  let taken = false;
  for (let waited = 0; waited < patienceMs && !taken; waited += lookMs) {
    await ops.pause(lookMs);
    taken = !(await isOpen());
  }
  const { state, reason } = await knownRollout(store, name);
  if (json) return io.out(JSON.stringify({ rollout: name, order, taken, state, reason }));
  if (taken) return io.out(`${name} is ${state}${reason === '' ? '' : `: ${reason}`}`);
  io.out(`${order} is noted: hookflash serve takes it up when it runs.`);
}
