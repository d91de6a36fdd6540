import type { Service } from '../model/service.ts';
import { command, inWorkspace, withWorkspace, type MakeCommand } from './command.ts';
import type { IpcmOperations } from './operations.ts';

type Flags = { readonly dir: string; readonly json?: boolean; readonly history?: boolean };

export const ipcmShow: MakeCommand = (cli) =>
  inWorkspace(command('show', 'what it is provisioned with'))
    .option('--history', 'all changes')
    .action((flags: Flags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        const { ipcm } = cli.ops;
        const { name } = ipcm.unprovisioned;
        const service = (await workspace.store.serviceGet(name)) ?? ipcm.unprovisioned;
        const history = flags.history ? await workspace.store.serviceHistory(name) : [];
        const { pointers, problems } = await ipcm.pointers(workspace);
        if (flags.json) {
          const shown = { ...shownService(ipcm, service), pointers, problems };
          cli.io.out(JSON.stringify(flags.history ? { ...shown, history } : shown));
          return;
        }
        for (const line of serviceLines(ipcm, service)) cli.io.out(line);
        for (const pointer of pointers) cli.io.out(`  ${pointer}`);
        for (const problem of problems) cli.io.out(`  problem: ${problem}`);
        for (const { changedAt, state, text } of history)
          cli.io.out(`  ${new Date(changedAt).toISOString()}  ${state.padEnd(8)}  ${text}`);
      }),
    );

/** As JSON: the images that the version ids stand for beside them. */
export function shownService(ipcm: IpcmOperations, { state, values, changedAt, text }: Service) {
  const images = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const image = ipcm.imageOfValue(name, value);
      return image === undefined ? [] : [[name, image]];
    }),
  );
  return { service: 'ipcm', state, values, images, changedAt, text };
}

function serviceLines(ipcm: IpcmOperations, { state, values, text }: Service): readonly string[] {
  const rows = ipcm.valueNames.map((name) => {
    const value = values[name];
    const image = value === undefined ? undefined : ipcm.imageOfValue(name, value);
    const shown = value === undefined ? '-' : image === undefined ? value : `${value}  ${image}`;
    return `  ${name.padEnd(24)}  ${shown}`;
  });
  return [`The IPCM service is ${state}. ${text}`, ...rows];
}
