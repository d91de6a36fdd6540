import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { CodecError } from '../wire/codec-error.ts';
import type { Memory } from './memory.ts';

export type MemoryCodec<T> = {
  encode(memory: T): string;
  /** Throws a CodecError for text that is no such memory, or one of another format. */
  decode(text: string): T;
};

/** JSON with a `head` that tells formats apart; `owner` is whose memory it is, in errors. */
export function jsonMemory<T>(
  owner: string,
  head: Readonly<Record<string, string | number>>,
  shape: z.ZodType<T>,
): MemoryCodec<T> {
  const marks = Object.entries(head).map(([key, mark]) => [key, z.literal(mark)] as const);
  const file = z.strictObject({ ...Object.fromEntries(marks), memory: z.unknown() });
  return {
    encode: (memory) => `${JSON.stringify({ ...head, memory }, null, 2)}\n`,
    decode(text) {
      const json = parsed(owner, text);
      const whole = file.safeParse(json);
      if (!whole.success) throw notMemory(owner, whole.error);
      const memory = shape.safeParse(whole.data.memory);
      if (memory.success) return memory.data;
      throw notMemory(owner, memory.error, ['memory']);
    },
  };
}

/** A memory in a file; one that is not there yet starts as `factory`. */
export function memoryInFile<T>(
  path: string,
  { encode, decode }: MemoryCodec<T>,
  factory: () => T,
): Memory<T> {
  const text = readIfThere(path);
  let kept = text === undefined ? factory() : decode(text);
  return {
    read: () => kept,
    write(next) {
      writeFileSync(`${path}.new`, encode(next), { flush: true });
      renameSync(`${path}.new`, path);
      kept = next;
    },
  };
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function parsed(owner: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const actual = error instanceof Error ? error.message : 'other text';
    throw new CodecError({ field: 'phone memory', offset: 0, claimed: claim(owner), actual });
  }
}

function notMemory(
  owner: string,
  { issues }: z.ZodError,
  above: readonly string[] = [],
): CodecError {
  const path = [...above, ...(issues[0]?.path ?? [])].join('.');
  const actual = issues[0]?.message ?? 'other text';
  const field = `phone memory, ${path}`;
  return new CodecError({ field, offset: 0, claimed: claim(owner), actual });
}

function claim(owner: string): string {
  return `the memory of a ${owner}`;
}
