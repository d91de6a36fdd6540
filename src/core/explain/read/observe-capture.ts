import { captureReader } from '../../../codec/pcap/capture-reader.ts';
import type { CapturedFrame } from '../../../codec/pcap/captured-frame.ts';
import type { Observation } from '../../../model/observation.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import { observeFrames } from './observe-frames.ts';
import type { Observer, ReadNote, ReadOptions } from './observer.ts';
import { phoneAddresses } from './phone-addresses.ts';
import type { WireSaying } from './wire-packet.ts';

const mostNotes = 50;
const usualMost = 1_000_000;

/** The first four bytes say which format it is. Throws CodecError, also from `push`. */
export function observeCapture(source: string, start: Uint8Array, options: ReadOptions): Observer {
  const reader = captureReader(start);
  const addresses = phoneAddresses();
  const frames = observeFrames(addresses);
  const said: WireSaying[] = [];
  const notes: ReadNote[] = [];
  const most = options.mostObservations ?? usualMost;
  let dropped = 0;
  let unreadable = 0;
  let packets = 0;

  function say(sayings: readonly WireSaying[]): void {
    const room = Math.max(0, most - said.length);
    said.push(...sayings.slice(0, room));
    dropped += Math.max(0, sayings.length - room);
  }

  function note(text: string, line?: number): void {
    notes.push(line === undefined ? { source, text } : { source, line, text });
  }

  function read(frame: CapturedFrame): void {
    packets++;
    say(frames.silent(frame));
    try {
      say(frames.frame(frame));
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      unreadable++;
      if (unreadable <= mostNotes) note(`packet ${frame.number}: ${error.message}`, frame.number);
    }
  }

  function observation(saying: WireSaying): Observation {
    const { number, at, address, happening, text } = saying;
    const path = 'path' in happening ? happening.path : undefined;
    const mac =
      saying.mac ??
      (path === undefined ? undefined : options.macOf?.(path)) ??
      (address === undefined ? undefined : addresses.macOf(address));
    return {
      at: Math.floor(at),
      ...(address === undefined ? {} : { address }),
      ...(mac === undefined ? {} : { mac }),
      happening,
      evidence: { source, line: number, text },
    };
  }

  return {
    push(chunk) {
      for (const frame of reader.push(chunk)) read(frame);
    },
    end() {
      say(frames.end());
      for (const text of reader.end()) note(text);
      if (unreadable > mostNotes) note(`${unreadable} packets could not be read`);
      for (const text of frames.notes(packets)) note(text);
      if (dropped > 0)
        note(`${dropped} observations more than the ${most} that are kept were left out`);
      // Silence is noticed late, and belongs to the last packet before it.
      const observations = said.toSorted((a, b) => a.number - b.number).map(observation);
      return { observations, notes, formats: [reader.format] };
    },
  };
}
