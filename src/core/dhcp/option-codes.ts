/** Codes of options that the server decides by. RFC 2132 unless another document is named. */
export const code = {
  subnetMask: 1,
  timeOffset: 2,
  router: 3,
  dns: 6,
  hostName: 12,
  domain: 15,
  ntp: 42,
  requestedAddress: 50,
  leaseTime: 51,
  messageType: 53,
  serverIdentifier: 54,
  parameterRequestList: 55,
  message: 56,
  renewalTime: 58,
  rebindingTime: 59,
  vendorClass: 60,
  clientIdentifier: 61,
  tftpServerName: 66,
  bootFile: 67,
  /** RFC 3046. */
  relayAgentInformation: 82,
  /** RFC 5859. */
  tftpServers: 150,
} as const;

/** Suboptions of option 82. */
export const relayCode = {
  /** RFC 3527. */
  linkSelection: 5,
  /** RFC 5107. */
  serverIdentifierOverride: 11,
  /** RFC 8357. */
  sourcePort: 19,
} as const;

/** What phones live by: asked for to learn what another server would give them. */
export const probeWanted: readonly number[] = [
  ...[code.subnetMask, code.router, code.dns, code.domain],
  ...[code.tftpServerName, code.tftpServers],
];
