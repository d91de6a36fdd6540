import { Command } from 'commander';
import type { Cli } from './command.ts';
import { failure } from './failure.ts';
import { commands } from './index.ts';
import type { ExitCode, Io } from './io.ts';
import type { Operations } from './operations.ts';

/** Runs one command line (without the program's name) and returns its exit code. */
export async function runCommand(
  args: readonly string[],
  io: Io,
  ops: Operations,
): Promise<ExitCode> {
  let code: ExitCode = 0;
  const exit = (wanted: ExitCode) => void (code = wanted);
  try {
    await program({ io, ops, exit }).parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return failure(io, error);
  }
}

function program(cli: Cli): Command {
  const { io, ops } = cli;
  const root = new Command('hookflash')
    .description('Takes desk phones from the box to dial tone.')
    .version(ops.version)
    .helpCommand(true)
    .showSuggestionAfterError();
  for (const make of commands) root.addCommand(make(cli));
  eachCommand(root, (command) =>
    command
      .exitOverride()
      .configureOutput({
        writeOut: (text) => io.write(text),
        writeErr: (text) => io.err(text.trimEnd()),
      })
      .showHelpAfterError('(--help says more)'),
  );
  return root;
}

function eachCommand(command: Command, change: (command: Command) => void): void {
  change(command);
  for (const inner of command.commands) eachCommand(inner, change);
}
