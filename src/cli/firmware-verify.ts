import { command, inWorkspace, withWorkspace, type MakeCommand } from './command.ts';
import { shelfOf } from './firmware-library.ts';
import { hasProblem, sizeWords, tellFindings } from './firmware-words.ts';

type Flags = { readonly dir: string; readonly json?: boolean };

export const firmwareVerify: MakeCommand = (cli) =>
  inWorkspace(command('verify', 'read the whole library again and say what is wrong')).action(
    (flags: Flags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        const { library, unread } = await shelfOf(cli, workspace, { afresh: true });
        const findings = [...unread, ...library.findings];
        const { files, images } = library;
        const size = files.reduce((sum, file) => sum + file.size, 0);
        if (flags.json) {
          const counts = { files: files.length, images: images.length, size };
          cli.io.out(JSON.stringify({ ...counts, findings }));
        } else {
          tellFindings(cli.io, findings);
          const what = `${counted(files.length, 'file')}, ${counted(images.length, 'image')}`;
          const wrong = hasProblem(findings) ? 'see above' : 'nothing wrong';
          cli.io.out(`${what}, ${sizeWords(size)}: ${wrong}`);
        }
        if (hasProblem(findings)) cli.exit(1);
      }),
  );

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
