import { isCapture } from '../../codec/pcap/capture-reader.ts';
import { observeCapture } from './read/observe-capture.ts';
import { observeLog } from './read/observe-log.ts';
import type { Observer, ReadOptions, ReadResult } from './read/observer.ts';

export type { ReadNote, ReadOptions, ReadResult } from './read/observer.ts';

/** A file of any size: all its bytes, or chunks of them in order. */
export type ByteSource = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

const magicLength = 4;

/**
 * Reads the log of a server, or a capture, whatever its format, into what was seen of phones. The
 * name is for the evidence. Memory is bounded by what is observed, not by the file's size. Throws
 * CodecError for a capture that is none.
 */
export async function readObservations(
  name: string,
  source: ByteSource,
  options: ReadOptions,
): Promise<ReadResult> {
  const chunks = source instanceof Uint8Array ? [source] : source;
  let start: Uint8Array = new Uint8Array();
  let observer: Observer | undefined;
  for await (const chunk of chunks) {
    if (observer === undefined) {
      start = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
      if (start.length < magicLength) continue;
      observer = observerOf(name, start, options);
      observer.push(start);
    } else observer.push(chunk);
  }
  observer ??= started(name, start, options);
  return observer.end();
}

function observerOf(name: string, start: Uint8Array, options: ReadOptions): Observer {
  return isCapture(start) ? observeCapture(name, start, options) : observeLog(name, options);
}

/** A file shorter than any magic number. */
function started(name: string, start: Uint8Array, options: ReadOptions): Observer {
  const observer = observeLog(name, options);
  observer.push(start);
  return observer;
}
