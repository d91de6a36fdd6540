import type { Retransmission } from '../tftp-client.ts';

type Duration = { readonly ms: number; readonly source: string };

const assumption = 'our assumption: no document and no log says';
/** Tftpd32 log of a 7975 after a reset. */
const log7975 = 'pastebin.com/MHLZ84hh';
const log7961 =
  'GitHub, chan-sccp/sccp_manager, field report with a log of a 7961: gaps of 2 to 10 s';

/** How long a Java phone takes from one thing to the next. */
export const durations = {
  /** Power-on to the first request; "minutes" with 9.x. */
  powerOnToFirstRequest: { ms: 60_000, source: assumption },
  /** The same for boot code alone. */
  bootCodeToFirstRequest: { ms: 20_000, source: assumption },
  /** Between two DISCOVERs, and so between two rounds, of a phone without load. */
  discover: { ms: 20_000, source: 'community.cisco.com, 4417496: a wiped 7970' },
  betweenConfigurationFiles: { ms: 150, source: 'tcpdump of a 7962 with SIP 9.4(2)' },
  loadsToFirstComponent: { ms: 800, source: log7975 },
  /** After the first component, the largest; seen: 9 s. */
  firstComponentWritten: { ms: 9_000, source: log7975 },
  componentWritten: { ms: 5_000, source: log7961 },
  /** Last component written to the new load's first request. */
  loadToFirstRequest: { ms: 90_000, source: assumption },
  /** Between two rounds without configuration, for ever. */
  configurationAgain: { ms: 30_000, source: assumption },
} as const satisfies Record<string, Duration>;

/** What is asked for for ever counts as stuck after so many rounds. */
export const roundsForEver = 3;

/** A boot loop counts as stuck after so many boots. */
export const bootsInCircles = 12;

/**
 * "max size = 550001" and "size limit of 550001" in a 7942's own log (pastebin.com/zBmWvQm5): no file
 * but firmware may be larger. In bytes.
 */
export const largestOtherFile = 550_001;

/** Room for firmware, in bytes: our assumption. The largest component known has 3.5 MB. */
export const largestFirmware = 16 * 1024 * 1024;

/** "Random high source ports": Tftpd32 log of a 7975 (pastebin.com/MHLZ84hh). */
export const portRange = { first: 49_152, count: 16_000 } as const;

/** As the SCCP applications of the 7940 and 7960: our assumption. */
export const retransmission: Retransmission = {
  waits: [4_000, 4_000, 4_000, 4_000, 4_000],
  attempts: 3,
};

/** Where these phones look for the same files by HTTP. */
export const httpPort = 6970;
