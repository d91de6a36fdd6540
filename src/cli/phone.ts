import type { Command } from 'commander';
import { phoneFrom, type PhoneDraft } from '../core/inventory.ts';
import { masked } from '../core/secrets.ts';
import { AppError } from '../errors.ts';
import type { Finding } from '../model/finding.ts';
import type { Phone } from '../model/phone.ts';
import { formatMac, type Mac } from '../wire/mac.ts';
import {
  command,
  group,
  inWorkspace,
  keyValue,
  macArgument,
  phoneOf,
  unknownPhone,
  withWorkspace,
  type Cli,
  type MakeCommand,
} from './command.ts';
import { table } from './table.ts';

type Values = Readonly<Record<string, string>>;
type Flags = {
  readonly dir: string;
  readonly json?: boolean;
  readonly model?: string;
  readonly image?: string;
  readonly running?: string;
  readonly set?: Values;
  readonly label?: Values;
  readonly unset?: readonly string[];
};

export const phoneCommand: MakeCommand = (cli) =>
  group('phone', 'the inventory: phones and what they should run')
    .addCommand(describing(add(cli)))
    .addCommand(list(cli))
    .addCommand(show(cli))
    .addCommand(describing(set(cli)).option('--unset <NAME...>', 'settings to take away'))
    .addCommand(remove(cli));

function describing(made: Command): Command {
  return made
    .option('--image <IMAGE>', 'the image that it should run, e.g. P0S3-8-12-00')
    .option('--running <IMAGE>', 'the image that it runs now, where that is known')
    .option('--set <NAME=VALUE>', 'a setting of this phone; may be repeated', keyValue)
    .option('--label <NAME=VALUE>', 'a label, e.g. site=berlin; may be repeated', keyValue);
}

function phoneWord(word: string, description: string): Command {
  return inWorkspace(command(word, description)).argument('<MAC>', 'its MAC address', macArgument);
}

function add(cli: Cli): Command {
  return phoneWord('add', 'add a phone')
    .requiredOption('--model <MODEL>', 'its model, e.g. 7960')
    .action((mac: Mac, flags: Flags) =>
      withWorkspace(cli, flags.dir, async ({ store }) => {
        if (await store.phoneGet(mac))
          throw new AppError(
            'not-possible',
            `${formatMac(mac)} is there already: phone set changes it`,
          );
        const { phone, findings } = phoneFrom(cli.ops.families, draftOf(mac, flags));
        await store.phonePut(phone);
        report(cli, flags, phone, findings);
      }),
    );
}

function draftOf(mac: Mac, flags: Flags, before?: Phone): PhoneDraft {
  const image = flags.image ?? before?.image;
  const running = flags.running ?? before?.running;
  const settings = { ...before?.settings, ...flags.set };
  const kept = Object.entries(settings).filter(([name]) => !flags.unset?.includes(name));
  return {
    mac,
    model: flags.model ?? before?.model ?? '',
    labels: { ...before?.labels, ...flags.label },
    settings: Object.fromEntries(kept),
    ...(image !== undefined && { image }),
    ...(running !== undefined && { running }),
  };
}

function list(cli: Cli): Command {
  return inWorkspace(command('list', 'all phones')).action((flags: Flags) =>
    withWorkspace(cli, flags.dir, async ({ store }) => {
      const phones = await store.phoneList();
      if (flags.json) {
        for (const phone of phones) cli.io.out(asJson(phone));
        return;
      }
      if (phones.length === 0)
        return cli.io.out('No phones yet: hookflash phone add MAC --model …');
      const head = ['MAC', 'model', 'runs', 'should run', 'state'];
      const rows = phones.map(async (phone) => {
        const progress = await store.progressGet(phone.mac);
        const state = progress?.target === phone.image ? (progress?.state ?? '') : '';
        const { model, running = '?', image = 'as it is' } = phone;
        return [formatMac(phone.mac), model, running, image, state];
      });
      cli.io.out(table(head, await Promise.all(rows)));
    }),
  );
}

function show(cli: Cli): Command {
  return phoneWord('show', 'one phone with its plan and last boots').action(
    (mac: Mac, flags: Flags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        const phone = await phoneOf(workspace, mac);
        const { store } = workspace;
        const progress = await store.progressGet(mac);
        const boots = await store.bootList(mac, 3);
        const settings = masked(phone.settings);
        if (flags.json) return cli.io.out(JSON.stringify({ ...phone, settings, progress, boots }));
        cli.io.out(`${formatMac(mac)}  ${phone.model}`);
        cli.io.out(`  runs        ${phone.running ?? 'not known yet'}`);
        cli.io.out(`  should run  ${phone.image ?? 'what it runs'}`);
        for (const [name, value] of Object.entries(phone.labels))
          cli.io.out(`  label       ${name}=${value}`);
        for (const [name, value] of Object.entries(settings))
          cli.io.out(`  setting     ${name}=${value}`);
        if (progress)
          cli.io.out(
            `  plan        ${progress.state}, ${progress.step} of ${progress.steps.length} steps: ${progress.reason}`,
          );
        for (const boot of boots) {
          cli.io.out(`  boot ${boot.id} at ${new Date(boot.startedAt).toISOString()}`);
          for (const request of await store.requestList(boot.id))
            cli.io.out(`    ${request.outcome.padEnd(9)} ${request.path}  (${request.tie})`);
        }
      }),
  );
}

function set(cli: Cli): Command {
  return phoneWord('set', 'change a phone')
    .option('--model <MODEL>', 'its model')
    .action((mac: Mac, flags: Flags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        const before = await phoneOf(workspace, mac);
        const { phone, findings } = phoneFrom(cli.ops.families, draftOf(mac, flags, before));
        await workspace.store.phonePut(phone);
        report(cli, flags, phone, findings);
      }),
    );
}

function remove(cli: Cli): Command {
  return phoneWord('remove', 'forget a phone and its boots').action((mac: Mac, flags: Flags) =>
    withWorkspace(cli, flags.dir, async ({ store }) => {
      if (!(await store.phoneDelete(mac))) throw unknownPhone(mac);
      cli.io.out(flags.json ? JSON.stringify({ removed: mac }) : `${formatMac(mac)} is removed`);
    }),
  );
}

function report({ io }: Cli, { json }: Flags, phone: Phone, findings: readonly Finding[]): void {
  for (const finding of findings) io.err(`${finding.severity}: ${finding.text} (${finding.code})`);
  if (json) return io.out(asJson(phone));
  const wish = phone.image === undefined ? 'keeps its image' : `should run ${phone.image}`;
  io.out(`${formatMac(phone.mac)} (${phone.model}) ${wish}`);
}

function asJson(phone: Phone): string {
  return JSON.stringify({ ...phone, settings: masked(phone.settings) });
}
