import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommanderError } from 'commander';
import { InventoryError } from '../core/inventory.ts';
import { AppError } from '../errors.ts';
import { CodecError } from '../wire/codec-error.ts';
import { failure } from './failure.ts';
import type { Io } from './io.ts';

/** Exit code and what is said on standard error. */
function failed(error: unknown): readonly [code: number, said: readonly string[]] {
  const said: string[] = [];
  const io = { err: (line: string) => void said.push(line) } as unknown as Io;
  return [failure(io, error), said];
}

function fileError(code: string, path?: string): Error {
  const error = new Error(`${code}: as the system says it`);
  return Object.assign(error, { code, ...(path !== undefined && { path }) });
}

test('wrong usage is 2, what was found or met is 1', () => {
  assert.deepEqual(failed(new AppError('wrong-usage', 'text')), [2, ['hookflash: text']]);
  assert.deepEqual(failed(new AppError('not-found', 'text')), [1, ['hookflash: text']]);
  assert.deepEqual(failed(new InventoryError('text')), [2, ['hookflash: text']]);
});

test('help ends well, and what the command line says itself is not said again', () => {
  assert.deepEqual(failed(new CommanderError(0, 'commander.help', '')), [0, []]);
  assert.deepEqual(failed(new CommanderError(1, 'commander.unknownOption', 'error')), [2, []]);
});

test('files are named, with what is wrong in words', () => {
  assert.deepEqual(failed(fileError('ENOENT', 'a/b')), [
    ...([1, ['hookflash: a/b: there is no such file or folder']] as const),
  ]);
  assert.deepEqual(failed(fileError('EACCES', 'a')), [
    ...([1, ['hookflash: a: this user may not read or write it']] as const),
  ]);
  assert.deepEqual(failed(fileError('EISDIR')), [
    ...([1, ['hookflash: this is a folder, not a file']] as const),
  ]);
  assert.deepEqual(failed(fileError('unavailable')), [
    ...([1, ['hookflash: unavailable: as the system says it']] as const),
  ]);
});

test('bytes that cannot be read say where', () => {
  const error = new CodecError({ field: 'header', offset: 3, claimed: 'this', actual: 'that' });
  const [code, [said]] = failed(error);
  assert.equal(code, 1);
  assert.match(said ?? '', /header at offset 3: expected this, found that/);
});

test('a fault of the program is not explained away', () => {
  assert.throws(() => failed(new TypeError('a fault')), TypeError);
});
