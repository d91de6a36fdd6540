/**
 * - `unreadable`: not a database, or damaged
 * - `foreign`: a database of another program
 * - `newer`: written by a later Hookflash
 * - `unavailable`: cannot be opened, locked, full, or failing underneath
 * - `phone-taken`: a phone that another rollout has
 * - `unknown-boot`: a request for a boot that is not kept (any more)
 * - `sealed`: a secret that cannot be opened: the key is missing or another one, or it was changed
 * - `closed`: used after `close`
 */
export type StoreErrorCode =
  | 'unreadable'
  | 'foreign'
  | 'newer'
  | 'unavailable'
  | 'phone-taken'
  | 'unknown-boot'
  | 'sealed'
  | 'closed';

/** The message names the file or server and the cause. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
  }
}

export function phoneTaken(mac: string, rollout: string): StoreError {
  return new StoreError('phone-taken', `phone ${mac} is in the rollout ${rollout} already`);
}
