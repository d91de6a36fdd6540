import { group, type MakeCommand } from './command.ts';
import { rolloutBack, rolloutCreate } from './rollout-create.ts';
import { rolloutOrders, rolloutRemove } from './rollout-order.ts';
import { rolloutList, rolloutReport, rolloutShow } from './rollout-show.ts';

export const rolloutCommand: MakeCommand = (cli) => {
  const made = group('rollout', 'changes of many phones, in order');
  const words = [
    ...[rolloutCreate, ...rolloutOrders, rolloutBack],
    ...[rolloutShow, rolloutList, rolloutReport, rolloutRemove],
  ];
  for (const make of words) made.addCommand(make(cli));
  return made;
};
