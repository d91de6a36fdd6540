import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { CodecError } from '../../wire/codec-error.ts';
import type { Flash, FlashMemory } from './flash.ts';

const imageShape = z.strictObject({
  name: z.string().min(1),
  internalVersion: z.string().exactOptional(),
});

const flashShape = z.strictObject({
  loader: imageShape.exactOptional(),
  application: imageShape.exactOptional(),
  replaced: z.string().exactOptional(),
  settings: z.record(z.string(), z.string()),
  network: z.strictObject({ tftp: z.string().exactOptional() }),
});

const fileShape = z.strictObject({ format: z.literal(1), memory: flashShape });

export function encodeFlash(flash: Flash): string {
  return `${JSON.stringify({ format: 1, memory: flash }, null, 2)}\n`;
}

/** Throws a CodecError for text that is no phone's memory or of another format. */
export function decodeFlash(text: string): Flash {
  const result = fileShape.safeParse(parsed(text));
  if (result.success) return result.data.memory;
  const [issue] = result.error.issues;
  throw notMemory(`phone memory, ${issue?.path.join('.') ?? ''}`, issue?.message ?? 'other text');
}

/** A memory in a file; one that is not there yet starts as `factory`. */
export function memoryInFile(path: string, factory: () => Flash): FlashMemory {
  let kept = readIfThere(path) ?? factory();
  return {
    read: () => kept,
    write(next) {
      writeFileSync(`${path}.new`, encodeFlash(next), { flush: true });
      renameSync(`${path}.new`, path);
      kept = next;
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notMemory('phone memory', error instanceof Error ? error.message : 'other text');
  }
}

function readIfThere(path: string): Flash | undefined {
  try {
    return decodeFlash(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function notMemory(field: string, actual: string): CodecError {
  return new CodecError({ field, offset: 0, claimed: 'the memory of a 7940/7960', actual });
}
