import type { SipHeader } from '../../codec/sip/sip-message.ts';
import type { Mac } from '../../wire/mac.ts';

/** How phones of a family put things. */
export type SipWords = {
  /** User-Agent of requests, Server of answers. */
  readonly userAgent: string;
  /** Parameters of the Contact's URI: `;user=phone;transport=udp`. */
  readonly contactUri: string;
  /** Parameters of a REGISTER's Contact, behind the URI. */
  readonly contact: string;
  /** Further fields of a REGISTER; `since` is why the phone started, `reset-restart`. */
  registerHeaders(): readonly SipHeader[];
  /** Option tags that a request may require. */
  readonly extensions: readonly string[];
  /** Of the `s=` line and who makes the session. */
  readonly sessionUser: string;
};

/** Eight hexadecimal digits. */
export function word(random: () => number): string {
  return Math.floor(random() * 0x1_0000_0000)
    .toString(16)
    .padStart(8, '0');
}

/** Tags, Call-IDs and branches; log of a 7960 with 8.12, Linux kernel list, 2020-12-24. */
export type SipNames = {
  newTag(): string;
  newCallId(address: string): string;
  newBranch(): string;
  /** For cnonce. */
  newWord(): string;
  /** 31 bits. */
  newNumber(): number;
};

export function sipNames(mac: Mac, random: () => number): SipNames {
  const low = mac.toLowerCase();
  let count = 2;
  const counted = () => (count++ & 0xffff).toString(16).padStart(4, '0');
  return {
    newTag: () => `${low}${counted()}${word(random)}-${word(random)}`,
    newCallId: (address) =>
      `${low.slice(0, 8)}-${low.slice(8)}${counted()}-${word(random)}-${word(random)}@${address}`,
    newBranch: () => `z9hG4bK${word(random)}${counted()}`,
    newWord: () => word(random),
    newNumber: () => Math.floor(random() * 0x7fff_ffff),
  };
}
