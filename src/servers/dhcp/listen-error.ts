/**
 * - `no-interface`: there is no interface of that name, or it is down
 * - `no-address`: the interface has no IPv4 address
 * - `no-single-interface`: `0.0.0.0`, and it is not clear which interface is meant
 * - `no-socket`: systemd handed over sockets, but none for this interface, or no UDP socket
 */
export type DhcpListenErrorCode =
  'no-interface' | 'no-address' | 'no-single-interface' | 'no-socket';

/** Why DHCP cannot be served there, and what to do. The message stands by itself. */
export class DhcpListenError extends Error {
  override readonly name = 'DhcpListenError';
  readonly code: DhcpListenErrorCode;

  constructor(code: DhcpListenErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
  }
}
