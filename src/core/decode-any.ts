import { isCapture } from '../codec/pcap/capture-reader.ts';
import type { PhoneFamily } from '../model/family.ts';
import { CodecError } from '../wire/codec-error.ts';
import { decodeFile, unreadable, type Decoded } from './decode.ts';
import { readObservations, type ReadOptions } from './explain/read-observations.ts';

export type LogClockOptions = Pick<ReadOptions, 'now' | 'zone'>;

/** A file of any family, a capture, or else the log of a server. */
export async function decodeAny(
  families: readonly PhoneFamily[],
  name: string,
  bytes: Uint8Array,
  clock: LogClockOptions,
): Promise<Decoded> {
  const options: ReadOptions = { ...clock, macOf: (path) => macIn(families, path) };
  if (isCapture(bytes)) return decodeCapture(name, bytes, options);
  const decoded = decodeFile(families, name, bytes);
  if (decoded.format !== 'unknown') return decoded;
  const { formats, ...read } = await readObservations(name, bytes, options);
  if (formats.length === 0) return decoded;
  return { format: 'log', programs: formats, ...read, findings: [] };
}

async function decodeCapture(
  name: string,
  bytes: Uint8Array,
  options: ReadOptions,
): Promise<Decoded> {
  try {
    const { formats, ...read } = await readObservations(name, bytes, options);
    return { format: formats[0] ?? 'pcap', ...read, findings: [] };
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return { format: 'capture', findings: [unreadable(name, error)] };
  }
}

function macIn(families: readonly PhoneFamily[], path: string) {
  for (const family of families) {
    const mac = family.macOf(path);
    if (mac !== undefined) return mac;
  }
  return undefined;
}
