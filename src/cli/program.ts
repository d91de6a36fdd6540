import { Command, CommanderError } from 'commander';
import { InventoryError } from '../core/inventory.ts';
import { AppError } from '../errors.ts';
import { CodecError } from '../wire/codec-error.ts';
import type { Cli } from './command.ts';
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

function failure(io: Io, error: unknown): ExitCode {
  // Commander has written its own message by then; --help and --version end with code 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof AppError) {
    io.err(`hookflash: ${error.message}`);
    return error.exitCode;
  }
  if (error instanceof InventoryError) {
    io.err(`hookflash: ${error.message}`);
    return 2;
  }
  if (error instanceof CodecError || isFileProblem(error)) {
    io.err(`hookflash: ${error.message}`);
    return 1;
  }
  throw error;
}

/** Errors of the file system and of the store carry a code and a message that names the file. */
function isFileProblem(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
