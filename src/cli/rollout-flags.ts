import type { Command } from 'commander';
import { isZone } from '../core/rollout/window.ts';
import { scheduleProblem } from '../core/rollout/cron.ts';
import { AppError } from '../errors.ts';
import type { GroupRule, RolloutSpec, RolloutTarget, RolloutWindow } from '../model/rollout.ts';
import type { SettingValues } from '../model/settings.ts';
import type { Mac } from '../wire/mac.ts';
import { keyValue, macArgument, numberBetween, positiveNumber } from './command.ts';

export type RolloutFlags = {
  readonly dir: string;
  readonly json?: boolean;
  readonly image?: string;
  readonly set?: SettingValues;
  readonly labels?: SettingValues;
  readonly model?: string;
  readonly site?: string;
  readonly running?: string;
  readonly macs?: string;
  readonly canary?: GroupRule;
  readonly groups?: readonly GroupRule[];
  readonly atOnce: number;
  readonly perSubnet?: number;
  readonly window?: RolloutWindow;
  readonly zone?: string;
  readonly approve?: boolean;
  readonly success: number;
  readonly errors: number;
  readonly retries: number;
  readonly retryWait: number;
  readonly weight: number;
  readonly steady: number;
  readonly opportunistic?: boolean;
  readonly schedule?: string;
  readonly dryRun?: boolean;
};

export function describingRollout(made: Command): Command {
  return changing(choosing(made))
    .option('--canary <N>', 'the first group: so many phones, or N%', canary)
    .option('--groups <LIST>', 'e.g. 10%,50%,100% or site or floor=1,floor=2', groups)
    .option('--at-once <N>', 'phones under way at once', numberBetween(1, 100_000), 20)
    .option('--per-subnet <N>', 'of those, in one subnet', numberBetween(1, 100_000))
    .option('--window <FROM-TO>', "by the phone's own clock, e.g. 22:00-04:00", window)
    .option('--zone <ZONE>', 'of phones without a zone, e.g. Europe/Berlin', zone)
    .option('--approve', 'each group after the first waits for rollout approve')
    .option('--success <PERCENT>', 'of a group that must be done to go on', percent, 95)
    .option('--errors <PERCENT>', 'more failed ones pause it at once', percent, 5)
    .option('--retries <N>', 'times that a phone is asked again', numberBetween(0, 100), 2)
    .option('--retry-wait <SECONDS>', 'before it is asked again', positiveNumber, 300)
    .option('--steady <SECONDS>', 'that a phone must stay up to be done', positiveNumber, 60)
    .option('--weight <N>', 'its share beside other rollouts', numberBetween(1, 1000), 1)
    .option('--opportunistic', 'phones that restart by themselves may go before their turn')
    .option('--schedule <CRON>', 'begins then, again and again; or a date and time', schedule)
    .option('--dry-run', 'only show what it would do');
}

function changing(made: Command): Command {
  return made
    .option('--image <IMAGE>', 'the image that they shall run')
    .option('--set <NAME=VALUE>', 'a setting that they shall have; may be repeated', keyValue);
}

function choosing(made: Command): Command {
  return made
    .option('--labels <NAME=VALUE>', 'phones with this label; may be repeated', keyValue)
    .option('--model <MODEL>', 'phones of this model')
    .option('--site <SITE>', 'phones of this site')
    .option('--running <IMAGE>', 'phones that run this image')
    .option('--macs <FILE>', 'phones whose MACs are in this file');
}

/** `macs`: the text of the file that `--macs` names. */
export function specFrom(
  name: string,
  flags: RolloutFlags,
  zoneOfAll: string,
  macs: string | undefined,
): RolloutSpec {
  const { image, set, perSubnet, window: within, schedule: when } = flags;
  return {
    name: nameOf(name),
    target: targetFrom(flags, macs),
    change: { ...(image !== undefined && { image }), ...(set && { settings: set }) },
    groups: [...(flags.canary ? [flags.canary] : []), ...(flags.groups ?? [])],
    ...{ atOnce: flags.atOnce, approve: flags.approve ?? false, zone: flags.zone ?? zoneOfAll },
    ...{ success: flags.success, errors: flags.errors, retries: flags.retries },
    ...{ retryWaitMs: flags.retryWait * 1000, steadyMs: flags.steady * 1000 },
    ...{ weight: flags.weight, opportunistic: flags.opportunistic ?? false },
    ...(perSubnet !== undefined && { perSubnet }),
    ...(within && { window: within }),
    ...(when !== undefined && { schedule: when }),
  };
}

function targetFrom(
  { labels, model, site, running }: RolloutFlags,
  macs: string | undefined,
): RolloutTarget {
  return {
    ...(labels && { labels }),
    ...(model !== undefined && { model }),
    ...(site !== undefined && { site }),
    ...(running !== undefined && { running }),
    ...(macs !== undefined && { macs: macList(macs) }),
  };
}

/** MACs in any writing, one in a line or several; `#` begins a remark. */
function macList(text: string): readonly Mac[] {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/#.*/, ''));
  const words = lines.flatMap((line) => line.split(/[\s,;]+/)).filter((word) => word !== '');
  return words.map(macArgument);
}

function nameOf(text: string): string {
  if (/^[\w.-]{1,64}$/.test(text)) return text;
  throw wrong(text, 'a name has letters, digits, "_", "-" and "." only');
}

function canary(text: string): GroupRule {
  const rule = groupRule(text);
  if (rule.kind === 'count' || rule.kind === 'percent') return rule;
  throw wrong(text, 'write a number of phones or N%');
}

function groups(text: string): readonly GroupRule[] {
  return text.split(',').map((part) => groupRule(part.trim()));
}

function groupRule(text: string): GroupRule {
  const [, number = '', hundredths] = /^(\d+(?:\.\d+)?)(%)?$/.exec(text) ?? [];
  if (hundredths !== undefined && Number(number) > 0 && Number(number) <= 100)
    return { kind: 'percent', percent: Number(number) };
  if (number !== '' && hundredths === undefined && /^[1-9]\d*$/.test(number))
    return { kind: 'count', count: Number(number) };
  const [, label = '', value] = /^([\w.-]*[A-Za-z_][\w.-]*)(?:=(.+))?$/.exec(text) ?? [];
  if (label === '') throw wrong(text, 'a group is N%, a number, a label, or NAME=VALUE');
  return value === undefined ? { kind: 'each', label } : { kind: 'label', label, value };
}

function window(text: string): RolloutWindow {
  const [, from = '', to = ''] = /^(\d\d?:\d\d)-(\d\d?:\d\d)$/.exec(text) ?? [];
  const [first, last] = [minutesOf(from), minutesOf(to)];
  if (first === undefined || last === undefined || first === last)
    throw wrong(text, 'write it as 22:00-04:00');
  return { from: first, to: last };
}

function minutesOf(text: string): number | undefined {
  const [, hours = '', minutes = ''] = /^(\d\d?):(\d\d)$/.exec(text) ?? [];
  const all = Number(hours) * 60 + Number(minutes);
  return hours !== '' && Number(minutes) < 60 && all <= 24 * 60 ? all % (24 * 60) : undefined;
}

function zone(text: string): string {
  if (isZone(text)) return text;
  throw wrong(text, 'it is no IANA time zone such as Europe/Berlin');
}

function percent(text: string): number {
  const [, number = ''] = /^(\d+(?:\.\d+)?)%?$/.exec(text) ?? [];
  if (number !== '' && Number(number) <= 100) return Number(number);
  throw wrong(text, 'write it as 95%');
}

function schedule(text: string): string {
  const problem = scheduleProblem(text);
  if (problem === undefined) return text;
  throw new AppError('wrong-usage', `${problem}; write it as "0 2 * * *" or 2026-11-21T02:00`);
}

function wrong(text: string, why: string): AppError {
  return new AppError('wrong-usage', `"${text}": ${why}`);
}
