import type { Mac } from '../../wire/mac.ts';

/** Tokens of model and instance in a Contact; RFC 5626 section 4.1. */
export function instanceOf(mac: Mac, modelNumber: number): string {
  const urn = `<urn:uuid:00000000-0000-0000-0000-${mac.toLowerCase()}>`;
  return `;+sip.instance="${urn}";+u.sip!model.ccm.cisco.com="${modelNumber}"`;
}
