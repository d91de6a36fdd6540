import type { FirstSections } from '../config.ts';

/** What the workspace of a lab begins with: its phones are on loopback, where no link tells MACs. */
export const labSections: FirstSections = {
  trusted: ['127.0.0.0/8'],
  sntp: `sntp:
  local_stratum: 10
`,
  dhcp: `dhcp:
  lease: 1h
  networks:
    127.7.0.0/16:
      pools: 127.7.9.1-127.7.9.250
      routers: 127.7.0.1
`,
};
