import { z } from 'zod';
import { jsonMemory, memoryInFile } from '../memory-file.ts';
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

export const flashCodec = jsonMemory<Flash>('7940/7960', { format: 1 }, flashShape);

/** A memory in a file; one that is not there yet starts as `factory`. */
export function flashInFile(path: string, factory: () => Flash): FlashMemory {
  return memoryInFile(path, flashCodec, factory);
}
