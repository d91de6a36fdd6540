import type { Finding } from '../../model/finding.ts';

/** What is wrong with a 7940/7960 by what it asks for, with the documents' ways out. */

const powerCycle = 'pull the plug, wait ten seconds, put it in again';

/** The plan is made anew. */
const again = 'hookflash phone set <MAC> --image <IMAGE>';

const ifAgain = 'if it does so again: it cannot keep firmware, exchange the phone';

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
    cure: `hookflash firmware import the package of ${load ?? '<IMAGE>'}: a whole one it takes by itself; remove from files/ what is empty or names no image; ${powerCycle}; last: ${factoryReset}`,
  };
}

/** Log of phones that go to release 8.12; `LA_VERSION` of a loads file. */
export function bootLoop(loader: string, load = loader): Finding {
  return {
    code: 'boot-loop',
    severity: 'error',
    text: `it took the loader ${loader}, started again and asks for it again`,
    consequence: 'it installs the loader and starts again for ever',
    cure: `hookflash firmware import --replace the package of ${load}: .loads and .sbn must be of one, as LA_VERSION is what the loader says inside; ${powerCycle}, not while it says "Upgrading Software"; if its plan has stopped: ${again}; ${powerCycle}; ${ifAgain}; ${again}; ${powerCycle}`,
  };
}

/** supportforums.cisco.com, thread 2569281, for two fetches; procedure B for one. */
export function oldApplicationCameBack(image: string, how: string): Finding {
  return {
    code: 'old-application-came-back',
    severity: 'error',
    text: `it was given ${image}, and the old application came back: ${how}`,
    consequence: 'it goes on with what it had',
    cure: `hookflash firmware import --replace the package of ${image}: a synthetic or damaged image is refused; ${powerCycle}; if its plan has stopped: ${again}; ${powerCycle}; ${ifAgain}; ${again}; ${powerCycle}`,
  };
}

/** Seen where a second DHCP or TFTP server answers. */
export function otherServerAnswers(because: string): Finding {
  return {
    code: 'other-server-answers',
    severity: 'error',
    text: because,
    consequence: 'it follows the other server, or changes between two images for ever',
    cure: `let one DHCP server answer in its network, with this server as option 150; take "Alternate TFTP" and dyn_tftp_addr away; ${powerCycle}`,
  };
}

/** Bug CSCee31047: only error 1 leads the loader to its next file. */
export function huntBroken(file: string): Finding {
  return {
    code: 'late-hunt',
    severity: 'warning',
    text: `it asked for ${file} and for nothing after it`,
    consequence: 'its hunt for files is over: it starts what it has, or hangs',
    cure: `let no other TFTP server, proxy or firewall answer in place of this one: error 1, "file not found", alone leads it on; ${powerCycle}; last: ${factoryReset}`,
  };
}

/** Late phones: power first, the factory reset last. */
export function late(code: string, text: string): Finding {
  return {
    code,
    severity: 'warning',
    text,
    consequence: 'it may be switched off, without network, or hang',
    cure: `look at its display: while it says "Upgrading Software" leave the plug alone; let one DHCP server answer in its network, with this server as option 150: the loader forgets its settings; ${powerCycle}; last: ${factoryReset}`,
  };
}
