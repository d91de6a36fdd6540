/** What a family can make of a file for those who may not see its secrets. */
export type HiddenSecrets =
  /** Its bytes without secrets, and the names of what was hidden; the same bytes where `names` is empty. */
  | { readonly kind: 'read'; readonly bytes: Uint8Array; readonly names: readonly string[] }
  /** It holds secrets that cannot be taken out of it, as a signed file does. */
  | { readonly kind: 'whole-or-not'; readonly names: readonly string[] }
  /** No kind of file that the family reads, or broken. */
  | { readonly kind: 'unread' };
