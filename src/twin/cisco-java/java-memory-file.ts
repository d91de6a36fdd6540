import { z } from 'zod';
import { jsonMemory, memoryInFile } from '../memory-file.ts';
import type { JavaFlash, JavaMemory } from './java-memory.ts';
import { releaseOf } from './load-name.ts';

const texts = z.record(z.string(), z.string());
const trustShape = z.strictObject({
  signer: z.string(),
  tftpCertificate: z.base64().exactOptional(),
});

const memoryShape = z.strictObject({
  load: z
    .strictObject({ name: z.string().min(1), components: z.array(z.string()) })
    .exactOptional(),
  bootCode: z.string().refine((text) => releaseOf(text) !== undefined, 'no release'),
  settings: texts,
  network: z.strictObject({ tftp: z.string().exactOptional() }),
  trust: z.strictObject({ ctl: trustShape.exactOptional(), itl: trustShape.exactOptional() }),
  locales: texts,
});

const head = { format: 1, phone: 'cisco-java' };

export const javaMemoryCodec = jsonMemory<JavaMemory>('Java phone', head, memoryShape);

/** A memory in a file; one that is not there yet starts as `factory`. */
export function javaMemoryInFile(path: string, factory: () => JavaMemory): JavaFlash {
  return memoryInFile(path, javaMemoryCodec, factory);
}
