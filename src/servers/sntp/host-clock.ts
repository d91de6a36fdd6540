import type { SntpPacket } from '../../codec/sntp/sntp-packet.ts';
import { ntpTimestampOf, unknownTimestamp } from '../../codec/sntp/ntp-timestamp.ts';
import { referenceIdOf, referenceIdOfAddress } from '../../codec/sntp/reference-id.ts';

/** What is known of the clock of the machine that the server runs on. */
export type HostClock = {
  readonly state: 'synchronised' | 'not synchronised' | 'unknown';
  /** Milliseconds since the epoch: when it was looked at. */
  readonly at: number;
  /** What its time service says of itself, where it says so. */
  readonly service?: {
    /** 0 to 15. */
    readonly stratum: number;
    /** 0 none, 1 a second more or 2 less at the end of the day. */
    readonly leap: number;
    /** Seconds. */
    readonly rootDelay: number;
    readonly rootDispersion: number;
    /** Milliseconds since the epoch: when it last set the clock. */
    readonly setAt: number;
  };
};

/** The part of an answer that is the same for all clients. */
export type ClockFields = Pick<
  SntpPacket,
  'leap' | 'stratum' | 'rootDelay' | 'rootDispersion' | 'referenceId' | 'reference'
>;

/** Where the machine's time service does not say its own. */
const usualStratum = 3;
/** Of a clock of which nothing is known: low enough for clients, lower than any that knows. */
const unknownStratum = 10;
const lowestStratum = 15;
/** Seconds; a guess where nobody says. */
const guessedDispersion = 0.05;

/**
 * RFC 4330 section 6. A clock that is not synchronised is served only when the operator has given it
 * a stratum, 1 to 15; its reference is then `LOCL`, as that of a clock of which nothing is known.
 */
export function clockFields(host: HostClock, localStratum: number | undefined): ClockFields {
  if (host.state === 'synchronised') return synchronisedFields(host);
  if (host.state === 'unknown') return localFields(localStratum ?? unknownStratum, host.at);
  return localStratum === undefined ? unsynchronised : localFields(localStratum, host.at);
}

/** Whether clients may take time from it. */
export function isServing({ leap }: ClockFields): boolean {
  return leap !== unsynchronised.leap;
}

const unsynchronised: ClockFields = {
  leap: 3,
  stratum: 0,
  rootDelay: 0,
  rootDispersion: 0,
  referenceId: referenceIdOf('INIT'),
  reference: unknownTimestamp,
};

function synchronisedFields({ service, at }: HostClock): ClockFields {
  return {
    leap: service?.leap ?? 0,
    stratum: service ? Math.min(service.stratum + 1, lowestStratum) : usualStratum,
    rootDelay: Math.max(service?.rootDelay ?? 0, 0),
    rootDispersion: Math.max(service?.rootDispersion ?? guessedDispersion, 0),
    // Its source is the time service of this machine.
    referenceId: referenceIdOfAddress('127.0.0.1'),
    reference: ntpTimestampOf(service?.setAt ?? at),
  };
}

function localFields(stratum: number, at: number): ClockFields {
  return {
    leap: 0,
    stratum,
    rootDelay: 0,
    rootDispersion: guessedDispersion,
    referenceId: referenceIdOf('LOCL'),
    reference: ntpTimestampOf(at),
  };
}
