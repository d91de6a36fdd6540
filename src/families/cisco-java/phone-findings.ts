import type { Expectation } from '../../model/family.ts';
import type { Finding } from '../../model/finding.ts';

/** What is wrong with a Java phone by what it asks for, with the documents' ways out. */

/** Field reports; the same keys in several of Cisco's administration guides. */
const resetKeys =
  'hold # while the plug goes in, until the line lamps are amber; then 123456789*0# (factory reset) or 3491672850*# (wipes the flash: they turn red); no power cut for ten minutes';

/** The plan is made anew. */
const again = 'hookflash phone set <MAC> --image <IMAGE>';

const powerCycle = 'pull the plug, wait ten seconds, put it in again';

/** Logs of a 7975, a 7961 and a 7911 after a reset. */
export function factoryFresh(file: string): Finding {
  return {
    code: 'factory-fresh',
    severity: 'note',
    text: `its boot code asks for ${file}: it was reset, or has nothing to run`,
    consequence: 'it takes the files that the loads file lists, in their order, and starts again',
    cure: `hookflash firmware import the package with ${file} and all that it lists; it needs minutes: leave the plug alone`,
  };
}

/** Release notes of 9.2 on the way over 8.5(2); log of a 7970 that took 8.3 and no 9.x. */
export function defaultLoadAgain(file: string): Finding {
  return {
    code: 'boot-loop',
    severity: 'error',
    text: `its boot code asks for ${file} again and again`,
    consequence: 'it starts again for ever; dark display, line lamps in turn',
    cure: `hookflash firmware import a package of 8.5(2) or before for its hardware: its boot code can check ${file} of that, and the later release follows; ${powerCycle}; last: ${resetKeys}`,
  };
}

/** A component that is asked for again after the restart. */
export function oldApplicationCameBack(load: string, how: string): Finding {
  return {
    code: 'old-application-came-back',
    severity: 'error',
    text: `it was given ${load}, and the old load came back: ${how}`,
    consequence: 'it goes on with what it had',
    cure: `hookflash firmware import --replace the package of ${load}: a load below 8.5(2) does not know the key of later ones, 8.5(2) first; ${powerCycle}; if its plan has stopped: ${again}; ${powerCycle}; if it does so again: it cannot keep firmware, exchange the phone; ${again}; ${powerCycle}`,
  };
}

export type Awaited = 'component' | 'default-loads' | 'again';

type Row = {
  /** The most that was seen. */
  readonly seenMs: number;
  readonly withinMs: number;
  readonly source: string;
  finding(file: string): Finding;
};

/** From one answer to the next request; a wide margin, as flash memories differ. */
export const limits: Readonly<Record<Awaited, Row>> = {
  component: {
    // A whole upgrade, the restart in it.
    seenMs: 300_000,
    withinMs: 600_000,
    source: 'adrianandgenese.com, 2011: four to five minutes for all of it',
    finding: (file) => late('late-component', `it took ${file} and asks for nothing more`),
  },
  'default-loads': {
    // The first component comes 0.8 s later.
    seenMs: 800,
    withinMs: 120_000,
    source: 'Tftpd32 log of a 7975, pastebin MHLZ84hh',
    finding: (file) => ({
      ...late('late-default-load', `it read ${file} and asks for none of its files`),
      consequence: 'its boot code cannot check the signature of the loads file',
      cure: `hookflash firmware import a package of 8.5(2) or before for its hardware: its boot code can check ${file} of that; ${powerCycle}; last: ${resetKeys}`,
    }),
  },
  again: {
    // Three attempts of 20 s, as the 7940 and 7960 make.
    seenMs: 60_000,
    withinMs: 300_000,
    source: 'julianhead/CiscoPhones tftplog',
    finding: (file) => late('late-transfer', `${file} broke off and it does not ask for it again`),
  },
};

function late(code: string, text: string): Finding {
  return {
    code,
    severity: 'warning',
    text,
    consequence: 'it may be switched off, without network, or hang',
    cure: `look at its display: leave the plug alone for ten minutes from the last file; let one DHCP server answer in its network, with this server as option 150; ${powerCycle}; last: ${resetKeys}`,
  };
}

/** `file` is the last one that it asked for. */
export function expectation(awaited: Awaited, file: string): Expectation {
  const { withinMs, finding } = limits[awaited];
  return { withinMs, finding: finding(file) };
}
