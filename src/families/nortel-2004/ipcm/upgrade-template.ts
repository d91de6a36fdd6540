/** `SipUpgradeConfigFile.txt` to be filled in; as it stands it names no server. */
export const upgradeTemplate = `# What phones are told before they get SIP software; 0.0.0.0 is none.
# S1, S2: the SIP servers. Action 7 is SIP, 1 is UNIStim. Domain: the SIP domain.
S1.Server.IP=0.0.0.0
S1.Server.Port=5060
S1.Server.Action=7
S1.Server.Domain=example.com
S2.Server.IP=0.0.0.0
S2.Server.Port=5060
S2.Server.Action=7
S2.Server.Domain=example.com
# The master TFTP server, which has 2004tftp.cfg: this machine.
TFTP.Server.IP=0.0.0.0
DNS.Server.IP=0.0.0.0
`;
