import type { Retransmission } from '../tftp-client.ts';

/** `H`: a document of the vendor or code that drives real phones. `M`: inferred. `L`: a guess. */
export type Confidence = 'H' | 'M' | 'L';
type Duration = {
  readonly ms: number;
  readonly source: string;
  readonly confidence: Confidence;
};

const assumption = 'our assumption: no document and no log says';
const guess = { source: assumption, confidence: 'L' } as const;
const fundamentals = 'IP Phones Fundamentals (NN43001-368), "TFTP firmware upgrade"';

/** How long an IP Phone 2004 takes from one thing to the next. */
export const durations = {
  /** Power-on or reset to the first datagram. */
  powerOnToFirstRequest: { ms: 15_000, ...guess },
  /** A hello that nobody answers, to the next. */
  helloAgain: { ms: 2_000, source: 'RUDP, as a server repeats (Asterisk)', confidence: 'M' },
  /** All servers asked in vain, to the first one again. */
  serversAgain: { ms: 10_000, ...guess },
  /** Somebody reads the display and presses a key. */
  readDisplay: { ms: 1_500, ...guess },
  /** The server says nothing any more: the phone is at rest. */
  settled: { ms: 12_000, ...guess },
  /** The last key was pressed and nothing follows. */
  keyIgnored: { ms: 30_000, ...guess },
  /** A transfer that is not granted, to where the phone says what it wants all the same. */
  uftpGrant: { ms: 5_000, ...guess },
  /** Silence during a transfer by UFTP after which the phone gives it up. */
  uftpSilence: { ms: 20_000, ...guess },
  /** All of an image has come, to the phone's restart: "immediately reboots", after it was written. */
  imageWritten: { ms: 20_000, source: fundamentals, confidence: 'M' },
  betweenFiles: { ms: 200, ...guess },
  /** Between two tries of somebody who logs in. */
  logIn: { ms: 5_000, ...guess },
  /** `SIP_PING`: between two of them. */
  sipPing: { ms: 60_000, ...guess },
} as const satisfies Record<string, Duration>;

/** NN42020-202, section 4: the random part of AUTO_UPDATE_TIME. In milliseconds. */
export const updateSpread = 3_600_000;

/** What is asked for for ever counts as stuck after so many rounds. */
export const roundsForEver = 3;

/** A boot loop counts as stuck after so many boots. */
export const bootsInCircles = 12;

/** Attempts at a server whose retry count is not known; the count itself is 0 to 255. */
export const usualRetries = 10;

/** UFTP: what the phone asks for. Our assumption; the fields are known, the values are not. */
export const uftpLimits = { blockSize: 512, blockLimit: 4 } as const;

/** 553-3001-365 (2005): the port of UFTP where the server names none. */
export const uftpPort = 5105;

/** NN42020-202, section 2. */
export const unistimPort = 5000;

/** A reply is expected within 2 s: IP Phones Fundamentals. How often it asks again is assumed. */
export const retransmission: Retransmission = {
  waits: [2_000, 2_000, 2_000, 2_000, 2_000],
  attempts: 3,
};

/** Where its source ports begin: our assumption. */
export const portRange = { first: 49_152, count: 16_000 } as const;

/** Room for firmware and for other files, in bytes: our assumption. */
export const largestFirmware = 4 * 1024 * 1024;
export const largestOtherFile = 256 * 1024;
