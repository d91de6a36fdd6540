#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createLogUpdate } from 'log-update';
import { runApp } from '../src/app.ts';
import type { Io } from '../src/cli/io.ts';

const { stdout, stderr, env, argv } = process;
const terminal = stdout.isTTY;
const update = createLogUpdate(stdout);

const io: Io = {
  out: (line) => stdout.write(`${line}\n`),
  err: (line) => stderr.write(`${line}\n`),
  write: (bytes) => stdout.write(bytes),
  terminal,
  colour: terminal && (env.NO_COLOR ?? '') === '',
  columns: stdout.columns,
  redraw: (block) => update(block),
  redrawDone: () => update.done(),
};

/** The second signal ends at once what does not end by itself. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

// A reader that has seen enough (`| head`) is no problem of ours.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
const { version } = JSON.parse(manifest) as { readonly version: string };
process.exitCode = await runApp(argv.slice(2), { io, version, untilStopped });
