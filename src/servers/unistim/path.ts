/** Where a datagram came from, and which of the server's addresses it came to. */
export type UnistimPath = {
  readonly address: string;
  readonly port: number;
  readonly local: string;
};

/** Phones behind one address differ in their port. */
export function pathKey({ address, port, local }: UnistimPath): string {
  return `${address} ${port} ${local}`;
}
