import { headerOf } from '../../codec/sip/headers-of.ts';
import type { SipRequest } from '../../codec/sip/sip-message.ts';
import { unquoted } from '../../codec/sip/sip-text.ts';
import { contactsOf, reasonsOf } from '../../codec/sip/typed-headers.ts';
import type { RegisterTokens } from '../../model/family-sip.ts';
import { CodecError } from '../../wire/codec-error.ts';

/** What a REGISTER says of the phone itself. What cannot be read is left out: nothing hangs on it. */
export function registerTokens(request: SipRequest): RegisterTokens {
  const userAgent = headerOf(request, 'user-agent');
  const contacts = orNothing(() => contactsOf(request)) ?? [];
  const parameters = contacts === '*' ? [] : contacts.flatMap((each) => [...each.parameters]);
  const reasons = orNothing(() => reasonsOf(request)) ?? [];
  return {
    ...(userAgent !== undefined && { userAgent }),
    contact: new Map(parameters.map(([name, value]) => [name, unquoted(value ?? '')])),
    reasons: reasons.flatMap((reason) => reason.parameters.get('text') ?? []),
  };
}

function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}
