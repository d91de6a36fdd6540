import { z } from 'zod';
import { jsonMemory, memoryInFile } from '../memory-file.ts';
import { imageOf2004, type NortelFlash, type NortelMemory } from './nortel-memory.ts';

const texts = z.record(z.string(), z.string());
const port = z.int().min(0).max(65_535);
const octet = z.int().min(0).max(255);
const servers = z.record(
  z.string().regex(/^S([1-9]|10)$/),
  z.strictObject({ address: z.ipv4(), port, action: octet, retries: octet }),
);

const language = z.strictObject({
  file: z.string(),
  writtenAt: z.number().exactOptional(),
  digest: z.string(),
});

const memoryShape = z.strictObject({
  image: z
    .string()
    .refine((text) => imageOf2004(text) !== undefined, 'no image of the 2004')
    .exactOptional(),
  isReliable: z.boolean(),
  servers,
  awaited: servers,
  network: z.strictObject({ tftp: z.ipv4().exactOptional(), tftpPort: port.exactOptional() }),
  cached: z.strictObject({
    deviceConfig: z.string().exactOptional(),
    firmware: z.string().exactOptional(),
    language: language.exactOptional(),
  }),
  settings: texts,
  banner: z.string().exactOptional(),
  profiles: z.record(z.string(), z.strictObject({ voiceMail: z.string() })),
});

const head = { format: 1, phone: 'nortel-2004' };

export const nortelMemoryCodec = jsonMemory<NortelMemory>('IP Phone 2004', head, memoryShape);

/** A memory in a file; one that is not there yet starts as `factory`. */
export function nortelMemoryInFile(path: string, factory: () => NortelMemory): NortelFlash {
  return memoryInFile(path, nortelMemoryCodec, factory);
}
