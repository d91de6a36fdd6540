import { basename } from 'node:path';
import { decodeAny } from '../core/decode-any.ts';
import type { Finding } from '../model/finding.ts';
import type { Decoded } from '../core/decode.ts';
import { command, type MakeCommand } from './command.ts';
import type { Operations } from './operations.ts';

export const decodeCommand: MakeCommand = ({ io, ops, exit }) =>
  command('decode', 'any file of any family as JSON')
    .argument('<FILE>', 'a configuration file, an image, a trust list, a log or a capture')
    .action(async (path: string, { json }: { json?: boolean }) => {
      const decoded = await decoding(ops, path);
      io.out(JSON.stringify(decoded, null, json === true ? undefined : 2));
      // The same in the words that editors and people look for; JSON alone is for scripts.
      if (json !== true) for (const finding of decoded.findings) io.err(lineOf(path, finding));
      if (decoded.findings.some(({ severity }) => severity === 'error')) exit(1);
    });

function decoding(ops: Operations, path: string): Promise<Decoded> {
  const now = ops.now();
  // Logs that name no zone are of this machine, or of one like it.
  const zone = -new Date(now).getTimezoneOffset();
  return ops
    .readFile(path)
    .then((bytes) => decodeAny(ops.families, basename(path), bytes, { now, zone }));
}

/** `FILE:LINE:COLUMN: error: what is wrong` */
function lineOf(path: string, { severity, text, place }: Finding): string {
  const { line, column } = place ?? {};
  const where = line === undefined ? path : `${path}:${line}:${column ?? 1}`;
  return `${where}: ${severity}: ${text}`;
}
