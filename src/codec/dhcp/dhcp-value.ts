/** An option inside of another: what a relay agent or a vendor put there. Hex, or an address. */
export type DhcpSuboption = {
  readonly code: number;
  readonly name?: string;
  readonly value: string;
};

/** `10.0.0.0/8` by way of a router. RFC 3442. */
export type DhcpRoute = { readonly destination: string; readonly router: string };

/** What a vendor said under its own number. RFC 3925. */
export type DhcpVendorData = { readonly enterprise: number; readonly data: string };

export type DhcpScalar = string | number | boolean | readonly string[] | readonly number[];

/** What an option says, as plain data for JSON. Addresses are dotted, octets are hex. */
export type DhcpValue =
  DhcpScalar | readonly DhcpSuboption[] | readonly DhcpRoute[] | readonly DhcpVendorData[];

/** How the octets of an option are to be read. */
export type DhcpOptionKind =
  | 'ip'
  | 'ips'
  /** Address and mask, or destination and router. */
  | 'ip-pairs'
  | 'u8'
  | 'u8s'
  | 'u16'
  | 'u16s'
  | 'u32'
  /** Seconds that may be negative. */
  | 'i32'
  | 'flag'
  | 'text'
  /** Names as in DNS, with pointers. RFC 1035 section 4.1.4, RFC 3397. */
  | 'domains'
  /** RFC 3361: names or addresses. */
  | 'sip-servers'
  /** RFC 3442. */
  | 'classless-routes'
  /** RFC 3925. */
  | 'vendor-data'
  /** RFC 3046 section 2. */
  | 'relay-agent'
  /** RFC 2132 section 8.4 where its octets are suboptions; hex where they are not. */
  | 'vendor-options'
  | 'message-type'
  | 'hex';
