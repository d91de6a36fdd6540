import fc from 'fast-check';
import type { NtpTimestamp } from '../ntp-timestamp.ts';
import { ntpModes, type SntpPacket } from '../sntp-packet.ts';

/** fast-check's records have no prototype, which a deep comparison would not overlook. */
const plain = { noNullPrototype: true };
const u32 = fc.integer({ min: 0, max: 0xffffffff });
const shortNumber = u32.map((parts) => parts / 65_536);
const signedByte = fc.integer({ min: -128, max: 127 });

export const timestamp: fc.Arbitrary<NtpTimestamp> = fc.record(
  { seconds: u32, fraction: u32 },
  plain,
);

/** Every packet that can be written. */
export const packet: fc.Arbitrary<SntpPacket> = fc.record(
  {
    leap: fc.integer({ min: 0, max: 3 }),
    version: fc.integer({ min: 0, max: 7 }),
    mode: fc.constantFrom(...ntpModes),
    stratum: fc.integer({ min: 0, max: 255 }),
    poll: signedByte,
    precision: signedByte,
    rootDelay: shortNumber,
    rootDispersion: shortNumber,
    referenceId: u32,
    reference: timestamp,
    originate: timestamp,
    receive: timestamp,
    transmit: timestamp,
    rest: fc.uint8Array({ maxLength: 80 }),
  },
  plain,
);
