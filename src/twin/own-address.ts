/** The address that a phone on a real network sends from; DHCP may give it another one. */
export type OwnAddress = string | (() => string);

export function ownAddress(own: OwnAddress): string {
  return typeof own === 'string' ? own : own();
}
