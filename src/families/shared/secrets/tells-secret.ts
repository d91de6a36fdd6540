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
