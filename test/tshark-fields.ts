import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A row for each packet of a capture, with these fields as tshark prints them; times are in UTC. */
export function tsharkFields(
  program: string,
  capture: Uint8Array,
  fields: readonly string[],
  flags: readonly string[] = [],
): readonly (readonly string[])[] {
  const folder = mkdtempSync(join(tmpdir(), 'hookflash-tshark-'));
  try {
    const path = join(folder, 'capture.pcap');
    writeFileSync(path, capture);
    const format = ['-T', 'fields', '-E', 'separator=/t', ...flags];
    const columns = fields.flatMap((field) => ['-e', field]);
    const output = execFileSync(program, ['-n', '-r', path, ...format, ...columns], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TZ: 'UTC' },
    });
    return output
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split('\t'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
