import { headerOf } from '../../codec/sip/headers-of.ts';
import type { SipRequest } from '../../codec/sip/sip-message.ts';
import { unquoted } from '../../codec/sip/sip-text.ts';
import { contactsOf, reasonsOf } from '../../codec/sip/typed-headers.ts';
import type { RegisterTokens } from '../../model/family-sip.ts';
import { ifReadable } from '../../wire/if-readable.ts';

/** What a REGISTER says of the phone itself. What cannot be read is left out: nothing hangs on it. */
export function registerTokens(request: SipRequest): RegisterTokens {
  const userAgent = headerOf(request, 'user-agent');
  const contacts = ifReadable(() => contactsOf(request)) ?? [];
  const parameters = contacts === '*' ? [] : contacts.flatMap((each) => [...each.parameters]);
  const reasons = ifReadable(() => reasonsOf(request)) ?? [];
  return {
    ...(userAgent !== undefined && { userAgent }),
    contact: new Map(parameters.map(([name, value]) => [name, unquoted(value ?? '')])),
    reasons: reasons.flatMap((reason) => reason.parameters.get('text') ?? []),
  };
}
