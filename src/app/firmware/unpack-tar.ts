import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { pathProblem } from '../../core/firmware/entry-name.ts';
import type { Budget } from './limits.ts';
import { PackageError } from './package-error.ts';
import type { Unpacking } from './unpack.ts';

/** A tar archive from an offset of the file on, behind gzip or plain. */
export async function unpackTar(to: Unpacking, start: number, isGzip: boolean): Promise<void> {
  const tar = extract();
  const source = createReadStream(to.file, { start });
  source.on('data', (chunk) => to.onRead(chunk.length));
  const reading = isGzip
    ? pipeline(source, createGunzip(), counted(to.budget), tar)
    : pipeline(source, counted(to.budget), tar);
  let broken: unknown;
  const ended = reading.catch((error: unknown) => (broken = error));
  let stopped: unknown;
  try {
    for await (const entry of tar) await take(entry.header, entry, to);
  } catch (error) {
    stopped = error;
  } finally {
    tar.destroy();
    await ended;
  }
  // That there is no more to take follows from what broke the reading; a limit or a full disk is
  // what ended it.
  const failure = isOwn(stopped) ? stopped : (broken ?? stopped);
  if (failure instanceof Error) throw failure;
}

function isOwn(error: unknown): boolean {
  return error instanceof PackageError || (error instanceof Error && 'syscall' in error);
}

/** All that comes out counts, also what nobody takes. */
function counted(budget: Budget) {
  return async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      budget.out(chunk.length);
      yield chunk;
    }
  };
}

type Content = AsyncIterable<unknown> & { resume(): unknown };

async function take(header: Header, content: Content, to: Unpacking): Promise<void> {
  to.budget.entry();
  const path = header.name.replace(/^(\.\/)+/, '');
  const problem = problemOf(header, path);
  if (problem !== undefined) to.refused(path, problem);
  if (problem !== undefined || header.type === 'directory') {
    content.resume();
    return;
  }
  to.budget.file(header.size);
  to.found(path, await to.put(content as AsyncIterable<Uint8Array>));
}

function problemOf(
  { type }: Header,
  path: string,
): Parameters<Unpacking['refused']>[1] | undefined {
  if (type === 'directory') return undefined;
  if (type === 'link' || type === 'symlink') return 'link';
  return type === 'file' || type === 'contiguous-file' ? pathProblem(path) : 'special';
}
