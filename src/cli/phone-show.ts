import { masked } from '../core/secrets.ts';
import { standingOf } from '../core/standing.ts';
import type { Phone } from '../model/phone.ts';
import type { Progress } from '../model/progress.ts';
import { formatMac, type Mac } from '../wire/mac.ts';
import { phoneOf, phoneWord, withWorkspace, type Cli, type MakeCommand } from './command.ts';
import type { Workspace } from './operations.ts';
import { nextSteps } from './phone-words.ts';

type Flags = { readonly dir: string; readonly json?: boolean };

/** How many of the last boots are shown. */
const bootsShown = 3;

export const phoneShow: MakeCommand = (cli) =>
  phoneWord('show', 'one phone with its plan and last boots').action((mac: Mac, flags: Flags) =>
    withWorkspace(cli, flags.dir, async (workspace) => {
      const phone = await phoneOf(workspace, mac);
      const { store } = workspace;
      const progress = await store.progressGet(mac);
      const settings = masked(phone.settings, cli.ops.isSecret);
      if (!flags.json) return print(cli, workspace, { ...phone, settings }, progress);
      const boots = await store.bootList(mac, bootsShown);
      const state = standingOf(phone, progress);
      const findings = await store.findingList(mac);
      const next = nextSteps(phone, progress, findings);
      cli.io.out(JSON.stringify({ ...phone, settings, state, progress, findings, next, boots }));
    }),
  );

async function print(
  { io }: Cli,
  { store }: Workspace,
  phone: Phone,
  progress: Progress | undefined,
): Promise<void> {
  const line = (name: string, text: string) => io.out(`  ${name.padEnd(10)}  ${text}`);
  io.out(`${formatMac(phone.mac)}  ${phone.model}`);
  line('runs', phone.running ?? 'not known yet');
  line('should run', phone.image ?? 'what it runs');
  for (const [name, value] of Object.entries(phone.labels)) line('label', `${name}=${value}`);
  for (const [name, value] of Object.entries(phone.settings)) line('setting', `${name}=${value}`);
  if (progress) for (const [name, text] of planLines(phone, progress)) line(name, text);
  const findings = await store.findingList(phone.mac);
  for (const { severity, code, text, consequence, at } of findings) {
    line(severity, `${code}: ${text}`);
    line(
      'since',
      `${new Date(at).toISOString()}${consequence === undefined ? '' : `; ${consequence}`}`,
    );
  }
  for (const step of nextSteps(phone, progress, findings)) line('to do', step);
  for (const boot of await store.bootList(phone.mac, bootsShown)) {
    io.out(`  boot ${boot.id} at ${new Date(boot.startedAt).toISOString()}`);
    for (const request of await store.requestList(boot.id))
      io.out(`    ${request.outcome.padEnd(9)} ${request.path}  (${request.tie})`);
  }
}

function planLines(
  phone: Phone,
  progress: Progress,
): readonly (readonly [name: string, text: string])[] {
  const { state, step, steps, reason, because, target } = progress;
  const plan = `${state}, ${step} of ${steps.length} steps: ${reason || because}`;
  if (target !== phone.image)
    return [['plan', `for ${target}; another is made when it next asks for a file`]];
  return [['plan', plan]];
}
