import { CommanderError } from 'commander';
import { InventoryError } from '../core/inventory.ts';
import { AppError } from '../errors.ts';
import { CodecError } from '../wire/codec-error.ts';
import type { ExitCode, Io } from './io.ts';

/** Says what went wrong and how the program ends. Rethrows what nobody can act on. */
export function failure(io: Io, error: unknown): ExitCode {
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
  if (error instanceof CodecError || hasCode(error)) {
    io.err(`hookflash: ${words(error)}`);
    return 1;
  }
  throw error;
}

/** Errors of the file system and of the store carry a code and a message that names the file. */
function hasCode(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

const fileWords: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file or folder'],
  ['ENOTDIR', 'a part of this path is no folder'],
  ['EISDIR', 'this is a folder, not a file'],
  ['EACCES', 'this user may not read or write it'],
  ['EPERM', 'this user may not read or write it'],
  ['EROFS', 'it can only be read there'],
  ['ENOSPC', 'the disk is full'],
]);

function words(error: CodecError | NodeJS.ErrnoException): string {
  if (!hasCode(error)) return error.message;
  const text = fileWords.get(error.code ?? '');
  if (text === undefined) return error.message;
  return error.path === undefined ? text : `${error.path}: ${text}`;
}
