import type { Finding } from '../../model/finding.ts';

/** What is wrong with a 7940/7960 by what it asks for, with the documents' ways out. */

const powerCycle = 'pull the plug, wait ten seconds, put it in again';

/** Cisco document 15254. */
const factoryReset =
  'hold # while the plug goes in, until Headset, Mute and Speaker light up one after the other; then 123456789*0#, and 2 at "Keep network cfg?" (1 keeps its addresses)';

/** Cisco IP Phone 7960 and 7940 Firmware Upgrade Matrix, "Common Error Messages". */
export function inLoader(load: string | undefined): Finding {
  const text =
    load === undefined
      ? 'its loader asks for configuration again and again and finds no load named'
      : `its loader asks for ${load} again and again and cannot start it`;
  return {
    code: 'in-loader',
    severity: 'error',
    text,
    consequence:
      'the display says "Protocol Application Invalid" or "No Load Specified"; it tries again about every half minute',
    cure: `give it an image whose .loads, .sb2 and .sbn are all in the library: it takes it by itself; if it asks for nothing any more: ${powerCycle}; last: ${factoryReset}`,
  };
}

/** Log of phones that go to release 8.12; `LA_VERSION` of a loads file. */
export function bootLoop(loader: string): Finding {
  return {
    code: 'boot-loop',
    severity: 'error',
    text: `it took the loader ${loader}, started again and asks for it again`,
    consequence: 'it installs the loader and starts again for ever',
    cure: 'take .loads and .sbn from one package: LA_VERSION must be what the loader says inside; do not pull the plug while it says "Upgrading Software"',
  };
}

/** supportforums.cisco.com, thread 2569281, for two fetches; procedure B for one. */
export function oldApplicationCameBack(image: string, how: string): Finding {
  return {
    code: 'old-application-came-back',
    severity: 'error',
    text: `it was given ${image}, and the old application came back: ${how}`,
    consequence: 'it goes on with what it had',
    cure: `check the files of ${image} with hookflash firmware verify, put them in again from the package (a synthetic or renamed image is refused), then have the plan made anew`,
  };
}

/** Seen where a second DHCP or TFTP server answers. */
export function otherServerAnswers(because: string): Finding {
  return {
    code: 'other-server-answers',
    severity: 'error',
    text: because,
    consequence: 'it follows the other server, or changes between two images for ever',
    cure: 'let one DHCP server answer in its network, with this server as option 150; take "Alternate TFTP" and dyn_tftp_addr away; look into files/ for a hand-made file',
  };
}

/** Late phones: power first, the factory reset last. */
export function late(code: string, text: string): Finding {
  return {
    code,
    severity: 'warning',
    text,
    consequence: 'it may be switched off, without network, or hang',
    cure: `look at its display; while it says "Upgrading Software" leave the plug alone; else ${powerCycle}; it needs DHCP with option 150, as the loader forgets its settings; last: ${factoryReset}`,
  };
}
