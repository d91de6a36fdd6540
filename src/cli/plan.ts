import { familyOfModel } from '../core/inventory.ts';
import { planPhone } from '../core/plan-phone.ts';
import { AppError } from '../errors.ts';
import type { Hop, Plan } from '../model/plan.ts';
import type { Phone } from '../model/phone.ts';
import type { SettingLayer } from '../model/settings.ts';
import type { Mac } from '../wire/mac.ts';
import {
  command,
  inWorkspace,
  macArgument,
  phoneOf,
  withWorkspace,
  type Cli,
  type MakeCommand,
} from './command.ts';

type Flags = {
  readonly dir: string;
  readonly json?: boolean;
  readonly model?: string;
  readonly from?: string;
  readonly to?: string;
};

type Question = {
  readonly phone: Phone;
  readonly layers: readonly SettingLayer[];
  readonly from: string;
  readonly to: string;
};

export const planCommand: MakeCommand = (cli) =>
  inWorkspace(command('plan', 'the hops from one image to another, or why there are none'))
    .argument('[MAC]', 'a phone of the workspace', macArgument)
    .option('--model <MODEL>', 'for any phone of this model')
    .option('--from <IMAGE>', 'the image that it runs')
    .option('--to <IMAGE>', 'the image that it should run')
    .action(async (mac: Mac | undefined, flags: Flags) => {
      const question = mac ? await ofPhone(cli, mac, flags) : ofModel(cli, flags);
      const { phone, layers, from, to } = question;
      const { family } = familyOfModel(cli.ops.families, phone.model);
      const plan = planPhone(phone, family, layers, from, to);
      if (flags.json) cli.io.out(JSON.stringify(plan));
      else print(cli, plan, question);
      if (!plan.possible) cli.exit(1);
    });

function ofPhone(cli: Cli, mac: Mac, flags: Flags): Promise<Question> {
  return withWorkspace(cli, flags.dir, async (workspace) => {
    const phone = await phoneOf(workspace, mac);
    const from = flags.from ?? phone.running;
    const to = flags.to ?? phone.image;
    if (from === undefined)
      throw new AppError(
        'not-possible',
        'What it runs is not known yet: let it boot once, or say --from',
      );
    if (to === undefined)
      throw new AppError(
        'not-possible',
        'It has no image to go to: phone set --image, or say --to',
      );
    return { phone, layers: workspace.layersFor(phone), from, to };
  });
}

function ofModel({ ops }: Cli, { model, from, to }: Flags): Question {
  if (model === undefined || from === undefined || to === undefined)
    throw new AppError('wrong-usage', 'Name a phone, or --model, --from and --to');
  const { family } = familyOfModel(ops.families, model);
  const mac = '<MAC>' as Mac;
  const phone = { mac, family: family.id, model, labels: {}, settings: {} };
  return { phone, layers: [], from, to };
}

function print({ io }: Cli, plan: Plan, { from, to }: Question): void {
  if (!plan.possible) {
    io.out(`There is no way from ${from} to ${to}.`);
    return io.out(`  ${plan.reason.code}: ${plan.reason.text}`);
  }
  const count = plan.hops.length;
  if (count === 0) return io.out(`${from} is ${to}: nothing to do.`);
  io.out(`From ${from} to ${to} in ${count} ${count === 1 ? 'hop' : 'hops'}.`);
  for (const [index, hop] of plan.hops.entries()) printHop(io, hop, index + 1);
}

function printHop(io: Cli['io'], hop: Hop, number: number): void {
  io.out('');
  io.out(`${number}. ${hop.image}  by procedure ${hop.procedure}`);
  for (const { rule, source } of hop.why) io.out(`   why          ${rule} (${source})`);
  for (const file of hop.files) io.out(`   must find    ${file.path}${gist(file.content)}`);
  for (const name of hop.firmware) io.out(`   must find    ${name}`);
  for (const path of hop.absent) io.out(`   must miss    ${path}`);
}

/** The line that names an image, if one does. */
function gist(content: string): string {
  const naming = /(?:image_version:\s*"?|<loadInformation[^>]*>|^)(P0[^"<\s]+)/m.exec(content);
  return naming?.[1] === undefined ? '' : `  names ${naming[1]}`;
}
