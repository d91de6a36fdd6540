import { createSipFramer } from '../../../codec/sip/sip-framer.ts';
import type { SipMessage } from '../../../codec/sip/sip-message.ts';
import { CodecError } from '../../../wire/codec-error.ts';

/** The messages in one direction of a captured stream. */
export type SipMessages = {
  /** Those that are whole now. Where bytes are missing before, or are of no use, it starts anew. */
  add(bytes: Uint8Array, missing: number): readonly SipMessage[];
};

const limits = { mostBytes: 65_536 };

export function sipMessages(): SipMessages {
  let framer = createSipFramer(limits);
  return {
    add(bytes, missing) {
      if (missing > 0) framer = createSipFramer(limits);
      try {
        const frames = framer.push(bytes);
        return frames.flatMap((frame) => (frame.kind === 'message' ? [frame.message] : []));
      } catch (error) {
        if (!(error instanceof CodecError)) throw error;
        framer = createSipFramer(limits);
        return [];
      }
    },
  };
}
