import { basename } from 'node:path';
import { decodeFile } from '../core/decode.ts';
import type { Finding } from '../model/finding.ts';
import { command, type MakeCommand } from './command.ts';

export const decodeCommand: MakeCommand = ({ io, ops, exit }) =>
  command('decode', 'any file of any family as JSON')
    .argument('<FILE>', 'a configuration file, an image or a trust list')
    .action(async (path: string, { json }: { json?: boolean }) => {
      const decoded = decodeFile(ops.families, basename(path), await ops.readFile(path));
      io.out(JSON.stringify(decoded, null, json === true ? undefined : 2));
      // The same in the words that editors and people look for; JSON alone is for scripts.
      if (json !== true) for (const finding of decoded.findings) io.err(lineOf(path, finding));
      if (decoded.findings.some(({ severity }) => severity === 'error')) exit(1);
    });

/** `FILE:LINE:COLUMN: error: what is wrong` */
function lineOf(path: string, { severity, text, place }: Finding): string {
  const { line, column } = place ?? {};
  const where = line === undefined ? path : `${path}:${line}:${column ?? 1}`;
  return `${where}: ${severity}: ${text}`;
}
