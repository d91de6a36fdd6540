import { Option } from 'commander';
import { familyOfModel } from '../core/inventory.ts';
import { planPhone } from '../core/plan-phone.ts';
import type { Planning } from '../core/plan.ts';
import { AppError } from '../errors.ts';
import { sameImage } from '../core/same-image.ts';
import type { Hop, Plan, PlanMode, PreferredWay, Refusal } from '../model/plan.ts';
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
import type { TwinEnd } from './twin-events.ts';
import { reachLines, reachOfPlan } from './plan-library.ts';

type Flags = {
  readonly dir: string;
  readonly json?: boolean;
  readonly model?: string;
  readonly from?: string;
  readonly to?: string;
  readonly direct?: boolean;
  readonly cautious?: boolean;
  readonly try?: boolean;
};

/** Stands in paths for the MAC of a phone that is not named. */
const anyMac = '<MAC>' as Mac;

type Question = {
  readonly phone: Phone;
  readonly layers: readonly SettingLayer[];
  readonly from: string;
  readonly to: string;
  readonly planning: Planning;
};

export const planCommand: MakeCommand = (cli) =>
  inWorkspace(command('plan', 'the hops from one image to another, or why there are none'))
    .argument('[MAC]', 'a phone of the workspace', macArgument)
    .option('--model <MODEL>', 'for any phone of this model')
    .option('--from <IMAGE>', 'the image that it runs')
    .option('--to <IMAGE>', 'the image that it should run')
    .option('--cautious', 'keep the rules known from the field alone, too (the default)')
    .addOption(new Option('--direct', "keep only the vendor's rules").conflicts('cautious'))
    .option('--try', 'carry a virtual phone through it first, with the files of the workspace')
    .action(async (mac: Mac | undefined, flags: Flags) => {
      const question = mac ? await ofPhone(cli, mac, flags) : ofModel(cli, flags);
      const { phone, layers, from, to, planning } = question;
      const { family } = familyOfModel(cli.ops.families, phone.model);
      const plan = planPhone(phone, family, layers, from, to, planning);
      const reach = await reachOfPlan(cli, flags.dir, family, plan);
      const tried = await trial(cli, flags, question, plan);
      if (flags.json) {
        const more = { ...(reach && { library: reach }), ...(tried && { tried }) };
        cli.io.out(JSON.stringify({ ...plan, ...more }));
      } else {
        print(cli, plan, question);
        for (const line of reachLines(reach)) cli.io.out(line);
        if (tried) cli.io.out(triedLine(tried));
      }
      if (!plan.possible || (tried && !arrived(cli, question, tried))) cli.exit(1);
    });

/** Undefined where it is not wanted or there is nothing to try. */
async function trial(
  cli: Cli,
  flags: Flags,
  { phone, from, to }: Question,
  plan: Plan,
): Promise<TwinEnd | undefined> {
  if (!flags.try) return undefined;
  if (phone.mac === anyMac)
    throw new AppError('wrong-usage', '--try takes a phone of the workspace: plan MAC --try');
  if (!plan.possible || plan.hops.length === 0) return undefined;
  return withWorkspace(cli, flags.dir, (workspace) =>
    cli.ops.tryPlan(workspace, { phone, from, to, mode: modeOf(flags) }),
  );
}

function arrived({ ops }: Cli, { phone, to }: Question, { state, image }: TwinEnd): boolean {
  const { family } = familyOfModel(ops.families, phone.model);
  return state === 'idle' && sameImage(family, image, to);
}

function triedLine({ state, image, display, because }: TwinEnd): string {
  const shows = display === '' ? '' : `, shows "${display}"`;
  const why = because === undefined ? '' : `: ${because}`;
  return `\nTried on a virtual phone: ${state} with ${image || 'no image'}${shows}${why}`;
}

function ofPhone(cli: Cli, mac: Mac, flags: Flags): Promise<Question> {
  return withWorkspace(cli, flags.dir, async (workspace) => {
    const phone = await phoneOf(workspace, mac);
    const from = flags.from ?? phone.running;
    const to = flags.to ?? phone.image;
    if (from === undefined)
      throw new AppError(
        'not-possible',
        'what it runs is not known yet: let it boot once, or say --from',
      );
    if (to === undefined)
      throw new AppError(
        'not-possible',
        'it has no image to go to: phone set MAC --image, or say --to',
      );
    const planning = await workspace.planning(modeOf(flags));
    return { phone, layers: workspace.layersFor(phone), from, to, planning };
  });
}

function modeOf({ direct, cautious }: Flags): PlanMode | undefined {
  if (direct) return 'direct';
  return cautious ? 'cautious' : undefined;
}

/** As if the library had every image. */
function ofModel({ ops }: Cli, flags: Flags): Question {
  const { model, from, to } = flags;
  if (model === undefined || from === undefined || to === undefined)
    throw new AppError('wrong-usage', 'name a phone, or give --model, --from and --to');
  const { family } = familyOfModel(ops.families, model);
  const phone = { mac: anyMac, family: family.id, model, labels: {}, settings: {} };
  return { phone, layers: [], from, to, planning: { mode: modeOf(flags) ?? 'cautious' } };
}

function print({ io }: Cli, plan: Plan, { from, to }: Question): void {
  if (!plan.possible) {
    io.out(`There is no way from ${from} to ${to}.`);
    for (const rule of plan.rules) printRule(io, rule);
    return;
  }
  const count = plan.hops.length;
  if (count === 0) return io.out(`${from} is ${to}: nothing to do.`);
  io.out(`From ${from} to ${to} in ${count} ${count === 1 ? 'hop' : 'hops'}.`);
  if (plan.preferred) printPreferred(io, plan.preferred);
  for (const [index, hop] of plan.hops.entries()) printHop(io, hop, index + 1);
}

function printRule(io: Cli['io'], { code, text, source, confidence }: Refusal): void {
  io.out(`  ${code}: ${text}`);
  if (source !== undefined) io.out(`    ${source} (confidence: ${confidence ?? 'not said'})`);
}

function printPreferred(io: Cli['io'], { images, lacks, rule }: PreferredWay): void {
  io.out(`Safer would be ${images.join(', then ')}: the library lacks ${lacks.join(', ')}.`);
  if (rule) printRule(io, rule);
}

function printHop(io: Cli['io'], hop: Hop, number: number): void {
  io.out('');
  io.out(`${number}. ${hop.image}  by procedure ${hop.procedure}`);
  for (const { rule, source, confidence } of hop.why) {
    io.out(`   why          ${rule}`);
    io.out(
      `   source       ${source}${confidence === 'high' ? '' : ` (confidence: ${confidence})`}`,
    );
  }
  for (const file of hop.files) io.out(`   must find    ${file.path}${gist(file.content)}`);
  for (const name of hop.firmware) io.out(`   must find    ${name}`);
  for (const path of hop.absent) io.out(`   must miss    ${path}`);
}

/** The line that names an image, if one does. */
function gist(content: string): string {
  const naming = /(?:image_version:\s*"?|<loadInformation[^>]*>|^)(P0[^"<\s]+)/m.exec(content);
  return naming?.[1] === undefined ? '' : `  names ${naming[1]}`;
}
