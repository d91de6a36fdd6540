import type { ResponseParts } from '../../codec/sip/respond.ts';
import type { SipPath } from '../../codec/sip/runner.ts';
import type { SipRequest } from '../../codec/sip/sip-message.ts';

/** What the server asks of whoever knows the phones. */
export type SipHandler = {
  /** `local` is the server's own `ADDRESS:PORT` that it came to. */
  register(request: SipRequest, from: SipPath, local: string): Promise<ResponseParts>;
  /** Whether a line of this name is known. */
  knows(user: string): Promise<boolean>;
};
