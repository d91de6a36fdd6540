import { basename } from 'node:path';
import { decodeFile } from '../core/decode.ts';
import { command, type MakeCommand } from './command.ts';

export const decodeCommand: MakeCommand = ({ io, ops, exit }) =>
  command('decode', 'any file of any family as JSON')
    .argument('<FILE>', 'a configuration file or an image')
    .action(async (path: string, { json }: { json?: boolean }) => {
      const decoded = decodeFile(ops.families, basename(path), await ops.readFile(path));
      io.out(JSON.stringify(decoded, null, json ? undefined : 2));
      if (decoded.format === 'unknown') exit(1);
    });
