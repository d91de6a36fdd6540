import type { Retransmission } from '../tftp-client.ts';

type Duration = { readonly ms: number; readonly source: string };

/** Log of a TFTP server, twelve phones, 2021: GitHub, julianhead/CiscoPhones, `tftplog`. */
const twelvePhones = 'julianhead/CiscoPhones tftplog';
const assumption = 'our assumption: no document and no log says';

/** How long a 7940/7960 takes from one thing to the next. Rounded middles of what was seen. */
export const durations = {
  /** Power-on or reset to the first request. */
  resetToFirstRequest: { ms: 13_000, source: `${twelvePhones}, 2021-07-03 10:21:07` },
  loadsToLoader: { ms: 1_500, source: `${twelvePhones}, 2021-07-06 05:15:49` },
  loadsToApplication: { ms: 3_000, source: `${twelvePhones}, 2021-07-06 05:16:16` },
  /** Last block of a loader to the first request of that loader; seen: 24 to 35 s. */
  loaderToItsFirstRequest: { ms: 27_000, source: `${twelvePhones}, 2021-07-06 05:24:53` },
  /** Last block of an application to its first request; seen: 38 to 53 s. */
  applicationToItsFirstRequest: { ms: 40_000, source: `${twelvePhones}, 2021-07-06 05:25:39` },
  /** Last block of an image of the original kind to its first request. */
  originalToItsFirstRequest: { ms: 27_000, source: assumption },
  loaderToSip: { ms: 24_000, source: 'in.tftpd log, linux-kernel list, 2020-12-24, Teo En Ming' },
  loaderToMgcp: { ms: 24_000, source: assumption },
  loaderToSccp: { ms: 8_000, source: `${twelvePhones}, 2021-07-03 10:23:33` },
  /** From the phone's file to ring list and dial plan. */
  sipFileToRings: { ms: 2_000, source: 'in.tftpd log, linux-kernel list, 2020-12-24, Teo En Ming' },
  /** Between two requests for a phone's file that is missing, for ever. */
  sipFileAgain: { ms: 31_000, source: `${twelvePhones}, 2021-07-06 05:18:07` },
  mgcpFileAgain: { ms: 31_000, source: assumption },
  /** An SCCP application that found no CallManager, for ever. */
  sccpAgain: { ms: 33_000, source: `${twelvePhones}, 2021-07-06 05:15:03` },
  /** From the last unanswered request's end to the next round; seen: 51 to 85 s. */
  sccpSilence: { ms: 58_000, source: `${twelvePhones}, 2021-07-06 04:53:56` },
  /** The same for a loader without application; seen: 17 to 48 s. */
  loaderSilence: { ms: 30_000, source: `${twelvePhones}, 2021-07-06 06:11:28` },
  /** An application whose signature is wrong, to its second request. */
  secondFetch: { ms: 2_000, source: assumption },
} as const satisfies Record<string, Duration>;

/** Before it acts on a check-sync. Cisco SIP IP Phone Administrator Guide 4.4, "Remote Reboot". */
export const idleBeforeSync = { ms: 20_000 } as const;

/** What is asked for for ever counts as stuck after so many rounds. */
export const roundsForEver = 3;

/** A boot loop counts as stuck after so many boots. */
export const bootsInCircles = 12;

/** A configuration file may send the phone to another TFTP server so often. */
export const serverChanges = 2;

/** Room for a file: our assumption. The largest image known has 756 524 bytes. */
export const largestFile = 4 * 1024 * 1024;

/** Source ports of a stage start somewhere in this range. `tftplog`: 49784 to 52681. */
export const portRange = { first: 49_152, count: 4_096 } as const;

/** The loader and the SIP application 8.12: 13 s for an attempt. `tftplog`, 2021-07-05 19:18:08. */
export const quickRetransmission: Retransmission = {
  waits: [1_000, 4_000, 4_000, 4_000],
  attempts: 3,
};

/** SCCP applications: 20 s for an attempt. `tftplog`, 2021-07-05 19:18:56. Older images: assumed. */
export const slowRetransmission: Retransmission = {
  waits: [4_000, 4_000, 4_000, 4_000, 4_000],
  attempts: 3,
};
