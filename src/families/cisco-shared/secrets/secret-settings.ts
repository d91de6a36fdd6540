import { secretNames } from '../../../model/secret-names.ts';
import { sepTable } from '../../cisco-java/parameters/sep.ts';
import { mgcpTable } from '../../cisco-7900/parameters/mgcp.ts';
import { sipTable } from '../../cisco-7900/parameters/sip.ts';

/** Keys and elements of Cisco's files whose values are shown to nobody. */
export const secretSettings = secretNames([sipTable, mgcpTable, sepTable]);

// `password: x`, `secret = x`, `<authPassword>x` inside what is no setting of that name.
const told = /(?:passw|passphrase|secret|presharedkey|wepkey|psk\b|pwd\b)[\w.]*["']?\s*[:=>]/i;

/** Whether a value or a comment says another one that is secret. */
export function tellsSecret(text: string): boolean {
  return told.test(text);
}

// RFC 3986 section 3.2.1: `scheme://user:password@host`.
const userInfo = /(:\/\/)[^\s/?#"'<>@]*:[^\s/?#"'<>]*@/g;

/** A value with `instead` in the place of what URLs in it say before their host. */
export function withoutUserInfo(value: string, instead: string): string {
  const user = instead === '' ? '' : `${instead}@`;
  return value.replace(userInfo, (_, slashes: string) => `${slashes}${user}`);
}

/** `instead` for every line that is not empty: lines stay where they are. */
export function hiddenLines(text: string, instead: string): string {
  return instead === '' ? '' : text.replace(/\S(?:.*\S)?/g, instead);
}
