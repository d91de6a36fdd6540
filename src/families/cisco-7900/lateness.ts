import type { Expectation } from '../../model/family.ts';
import { huntBroken, inLoader, late } from './phone-findings.ts';

/** What a phone waits for, or is busy with, after an answer. */
export type Awaited = 'image' | 'application' | 'load' | 'hunt' | 'next' | 'again';

/** Log of a TFTP server, twelve phones, 2021: GitHub, julianhead/CiscoPhones, `tftplog`. */
const twelvePhones = 'julianhead/CiscoPhones tftplog';

type Row = {
  /** The most that was seen. */
  readonly seenMs: number;
  /** At least twice that, for slow switches and DHCP servers. */
  readonly withinMs: number;
  readonly source: string;
};

/** From one answer to the next request. `Configuring VLAN` alone may last two minutes. */
export const limits: Readonly<Record<Awaited, Row>> = {
  // 24 to 35 s; an image of the original kind like a loader, which no document or log says.
  image: { seenMs: 35_000, withinMs: 180_000, source: `${twelvePhones}, 2021-07-06 05:24:53` },
  // 38 to 53 s.
  application: {
    seenMs: 53_000,
    withinMs: 180_000,
    source: `${twelvePhones}, 2021-07-06 05:25:39`,
  },
  // Nothing to load: SIP after 24 s, SCCP after 8 s.
  load: {
    seenMs: 24_000,
    withinMs: 120_000,
    source: 'in.tftpd log, linux-kernel list, 2020-12-24, Teo En Ming',
  },
  // A loader that cannot go on hunts again after 17 to 48 s.
  hunt: { seenMs: 48_000, withinMs: 150_000, source: `${twelvePhones}, 2021-07-06 06:11:28` },
  // The next file of the hunt: within a second, or after three attempts of 4 s by way of others.
  next: { seenMs: 24_000, withinMs: 120_000, source: `${twelvePhones}, 2021-07-06 04:53:56` },
  // Three attempts of 20 s, then 51 to 85 s of silence.
  again: { seenMs: 145_000, withinMs: 300_000, source: `${twelvePhones}, 2021-07-06 04:53:56` },
};

/** `file` is the last one that it asked for. */
export function expectation(awaited: Awaited, file: string): Expectation {
  return { withinMs: limits[awaited].withinMs, finding: findings[awaited](file) };
}

const findings: Readonly<Record<Awaited, (file: string) => Expectation['finding']>> = {
  image: (file) => late('late-restart', `it took ${file} and did not come back with it`),
  application: (file) =>
    late('late-application', `it took ${file} and the application did not start`),
  load: (file) =>
    late('late-application', `it read ${file} and neither took files nor started the application`),
  hunt: () => inLoader(undefined),
  next: huntBroken,
  again: (file) => late('late-transfer', `${file} broke off and it does not ask for it again`),
};
