#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Io } from '../src/cli/io.ts';

// What was compiled once starts in half the time; only who may write here can change it.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));
const { runApp } = await import('../src/app.ts');
const { handedSockets } = await import('../src/servers/dhcp/handed-sockets.ts');

const { stdout, stderr, env, argv } = process;
const terminal = stdout.isTTY;
const { update, updateErr } = await redrawing();

const io: Io = {
  out: (line) => stdout.write(`${line}\n`),
  err: (line) => stderr.write(`${line}\n`),
  write: (bytes) => stdout.write(bytes),
  terminal,
  colour: terminal && (env.NO_COLOR ?? '') === '',
  columns: stdout.columns,
  redraw: (block) => update(block),
  redrawDone: () => update.done(),
  ...(stderr.isTTY && {
    progress: (line) => (line === undefined ? updateErr.clear() : updateErr(line)),
  }),
};

/** Only terminals are redrawn: a program that reads us need not wait for what draws. */
async function redrawing() {
  const nothing = { clear: () => undefined, done: () => undefined };
  if (!stdout.isTTY && !stderr.isTTY) {
    const update = Object.assign((_block: string) => undefined, nothing);
    return { update, updateErr: update };
  }
  const { createLogUpdate } = await import('log-update');
  return { update: createLogUpdate(stdout), updateErr: createLogUpdate(stderr) };
}

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
const { HOOKFLASH_KEY: key = '' } = env;
const handed = handedSockets(env, process.pid);
const surroundings = { io, version, handed, untilStopped, ...(key !== '' && { key }) };
process.exitCode = await runApp(argv.slice(2), surroundings);
