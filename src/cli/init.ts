import { command, type MakeCommand } from './command.ts';

export const initCommand: MakeCommand = ({ io, ops }) =>
  command('init', 'make a workspace')
    .argument('<DIR>', 'the folder; made if it is not there')
    .action(async (dir: string, { json }: { json?: boolean }) => {
      const made = await ops.initWorkspace(dir);
      if (json) return io.out(JSON.stringify({ dir, made }));
      io.out(`A workspace is in ${dir}:`);
      for (const name of made) io.out(`  ${name}`);
      io.out('');
      io.out('Next:');
      io.out(
        `  hookflash phone add 00:11:22:33:44:55 --model 7960 --image P0S3-8-12-00 --dir ${dir}`,
      );
      io.out(`  hookflash serve --tftp 0.0.0.0:69 --dir ${dir}`);
    });
