import { CodecError } from '../../wire/codec-error.ts';
import { checkSip } from './check-sip.ts';
import { parseSip, parseSipHead } from './parse-sip.ts';
import type { SipMessage } from './sip-message.ts';
import { badRequest, type SipAbilities, type SipProblem } from './sip-problem.ts';

/** What a datagram turned out to be. */
export type Received =
  | { readonly kind: 'good'; readonly message: SipMessage }
  /** To be answered with the problem's status if it is a request (no ACK), else dropped. */
  | { readonly kind: 'refused'; readonly message: SipMessage; readonly problem: SipProblem }
  | { readonly kind: 'unreadable'; readonly error: CodecError };

/** Reads and checks one datagram. A body that was cut short is a problem that can be answered. */
export function receiveSip(bytes: Uint8Array, abilities?: SipAbilities): Received {
  try {
    const { message } = parseSipHead(bytes);
    const whole = parseWhole(bytes);
    if (whole instanceof CodecError)
      return { kind: 'refused', message, problem: badRequest(whole.message) };
    const problem = checkSip(whole, abilities);
    return problem
      ? { kind: 'refused', message: whole, problem }
      : { kind: 'good', message: whole };
  } catch (error) {
    if (error instanceof CodecError) return { kind: 'unreadable', error };
    throw error;
  }
}

function parseWhole(bytes: Uint8Array): SipMessage | CodecError {
  try {
    return parseSip(bytes);
  } catch (error) {
    if (error instanceof CodecError) return error;
    throw error;
  }
}
