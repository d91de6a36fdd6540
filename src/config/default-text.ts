/** Sections that a new workspace begins with; each a whole section in YAML. */
export type FirstSections = {
  /** Networks. */
  readonly trusted?: readonly string[];
  readonly sntp?: string;
  readonly dhcp?: string;
};

/** What `hookflash init` writes: a file that turns nothing on and explains everything. */
export function defaultConfigText({ trusted = [], ...first }: FirstSections = {}): string {
  return `# The workspace file of Hookflash. Everything in it is optional.

# Where each server listens, as HOST:PORT. 0.0.0.0 is every address of this machine, port 0 picks a
# free one. A server that is neither here nor a flag of "hookflash serve" stays off.
servers:
#  tftp: 0.0.0.0:69        # configuration and firmware, for every phone
#  files: 0.0.0.0:6970     # the same files over HTTP, for phones that ask so
#  http: 127.0.0.1:8080    # the browser interface and the API
#  sip: 0.0.0.0:5060       # registrations, and the request to restart
#  sntp: 0.0.0.0:123       # the time
#  unistim: 0.0.0.0:5000   # phones that speak UNIStim
#  uftp: 0.0.0.0:5105      # their firmware
#  dhcp: eth0              # addresses and boot options; a network interface, or HOST:PORT

# Where phones reach this machine: an address, or a name that they can look up.
#address: 192.0.2.10

# The time: what is said of a clock that nobody sets, and to whom it is sent unasked.
${first.sntp ?? sntpText}
# Requests of one address to each server; far more than honest phones send.
#limits:
#  requests_per_second: 1000
#  burst: 10000

# Threads that serve files.
#workers: 1

# Plans of upgrades: cautious also keeps the rules that are known from the field alone, direct only
# those of the vendor's documents.
#plans: cautious

# How long phones may take before they count as late or lost: 2 is twice as long as usual, for phones
# behind slow lines; the --time-scale of virtual phones, or more, for those.
#patience: 1

# Passwords go only to the address that holds the phone's MAC, by a lease of the DHCP server above or
# by the table of neighbours. In these networks the MAC in a file name is enough for them:
trust:
${trusted.length > 0 ? `  networks: [${trusted.join(', ')}]` : '#  networks: [192.0.2.0/24]'}

# What the DHCP server hands out; docs/dhcp.md has all of it. Phones get this machine as option 150.
${first.dhcp ?? dhcpText}
# How long what phones did is kept, in hours, days or weeks.
#keep_boots: 30d

${settingsText}`;
}

const sntpText = `#sntp:
#  local_stratum: 10         # serve it all the same; without this, clients are told not to take it
#  broadcast: [192.0.2.255]  # or yes, for the networks of this machine
#  multicast: yes            # to 224.0.1.1
#  every: 64s
`;

const dhcpText = `#dhcp:
#  mode: authoritative       # or phones-only, beside another server
#  lease: 8h
#  networks:
#    192.0.2.0/24:
#      pools: 192.0.2.100-192.0.2.200
#      routers: 192.0.2.1
`;

const settingsText = `# Settings by name. The most specific wins: phone, then its groups, model, site, and last the fleet.
# Values are taken as they are written here: 8, yes and 007 stay that.

# For every phone:
settings:
#  sntp_server: 192.0.2.10

# For phones with the label site=berlin:
sites:
#  berlin:
#    settings:
#      time_zone: CET

# For phones of a model:
models:
#  '7960':
#    settings:
#      proxy1_address: 192.0.2.20

# For phones with the label group=lobby. Of several (group=lobby,night) the last one wins:
groups:
#  lobby:
#    settings:
#      dnd_control: 1
`;
