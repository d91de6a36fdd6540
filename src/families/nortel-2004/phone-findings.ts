import type { Expectation } from '../../model/family.ts';
import type { Finding } from '../../model/finding.ts';
import { sortOfImage } from './image-name.ts';
import type { Awaited } from './watch-state.ts';

/** What is wrong with a 2004 by what it asks for and reports, with the lab note's ways out. */

const again = 'hookflash phone set <MAC> --image <IMAGE>';
const powerCycle = 'pull the plug, wait ten seconds, put it in again';
/** Keyed in while the phone starts; manual of the i2004, as quoted with chan_unistim. */
const unistimMenu =
  'at "Nortel" press the four soft keys from left to right, then S1 IP: the IPCM service, S1 PORT 5000, S1 ACTION 1';

/** NN42020-202, section 6. */
export function silentAfterRevert(image: string): Finding {
  return {
    code: 'late-unistim-session',
    severity: 'error',
    text: `it took ${image} and has not spoken with the IPCM service: the phone still has the port and action of SIP, 5060 and 7`,
    consequence: 'it shows that the server cannot be reached and tries again for ever',
    cure: `let DHCP give it S1 with port 5000 and action 1; ${powerCycle}; last: ${unistimMenu}`,
  };
}

/** After the SIP image it asks the TFTP server that it was told of. */
export function silentAfterSip(image: string): Finding {
  return {
    code: 'late-control-file',
    severity: 'error',
    text: `it took ${image} by UFTP and has not asked for 2004tftp.cfg`,
    consequence: 'it has no settings: no login screen of this site, no later firmware',
    cure: `see that TFTP.Server.IP in SipUpgradeConfigFile.txt is the address of this server: hookflash ipcm show; lock and unlock after a change; give the TFTP server by DHCP too (option 66); ${powerCycle}; last: enter the TFTP server in the network menu of the phone, which keeps the one that it was told of`,
  };
}

function silentAfterUftp(image: string): Finding {
  return {
    code: 'late-session',
    severity: 'warning',
    text: `it took ${image} by UFTP and has not come back to the IPCM service`,
    consequence: 'it may be switched off, without network, or hang',
    cure: `look at its display: leave the plug alone for five minutes from the end of the download; ${powerCycle}`,
  };
}

function silentAfterTftp(image: string): Finding {
  return {
    code: 'late-restart',
    severity: 'warning',
    text: `it took ${image} and asks for nothing more`,
    consequence: 'it may be switched off, without network, or hang',
    cure: `look at its display: leave the plug alone for five minutes from the last file; ${powerCycle}`,
  };
}

export function uftpBrokeOff(image: string, how: string): Finding {
  return {
    code: 'uftp-broken-off',
    severity: 'warning',
    text: `the download of ${image} by UFTP broke off: ${how}`,
    consequence:
      'it goes on with what it had; a phone with transitional firmware is offered the image again',
    cure: `see that UDP goes both ways between the phone and the UFTP port (5105); press Config, Display Version, FirmW again; if it breaks off again: ${powerCycle}`,
  };
}

const noForced =
  'if files/2004tftp.cfg was made by hand: set DOWNLOAD_MODE AUTO in [FW], or take the file away';

/** FORCED makes it load at each start. NN42020-202, section 3. */
export function forcedLeftOn(file: string): Finding {
  return {
    code: 'forced-left-on',
    severity: 'warning',
    text: `its control file says FORCED for ${file}, which it took at its last start as well`,
    consequence: 'it loads the same file at every start, and wears its flash out',
    cure: `${noForced}; then switch the phone off and on`,
  };
}

export function sameImageAgain(file: string, times: number): Finding {
  return {
    code: 'image-again',
    severity: 'error',
    text: `it has taken ${file} at ${times} starts, one after the other`,
    consequence: 'it loads the same file at every start, and wears its flash out',
    cure: `${noForced}; see that VERSION in [FW] is the version id of the file itself, not a later one; hookflash firmware import --replace the image; ${again}; ${powerCycle}`,
  };
}

/** Told of a newer version it took nothing: what it has counts as newer. NN42020-202, section 3. */
export function dataPassedOver(file: string, version: string): Finding {
  return {
    code: 'data-file-passed-over',
    severity: 'warning',
    text: `it was told of version ${version} of ${file} and did not ask for it: it has a higher one, from another server`,
    consequence:
      'it keeps its old settings; at its next start it is told FORCED, once, and takes them',
    cure: powerCycle,
  };
}

export function cameBack(image: string, how: string): Finding {
  return {
    code: 'old-application-came-back',
    severity: 'error',
    text: `it was given ${image}, and the old software came back: ${how}`,
    consequence: 'it goes on with what it had; no message of UNIStim tells why',
    cure: `hookflash firmware import --replace the image ${image}; ${powerCycle}; if its plan has stopped: ${again}; ${powerCycle}`,
  };
}

type Row = { readonly withinMs: number; finding(image: string): Finding };

/** About half a minute for an image (IP Phones Fundamentals), then flash and start; a wide margin. */
export const limits: Readonly<Record<Awaited, Row>> = {
  'session-after-uftp': { withinMs: 300_000, finding: silentAfterUftp },
  'control-after-uftp': { withinMs: 300_000, finding: silentAfterSip },
  'session-after-revert': { withinMs: 300_000, finding: silentAfterRevert },
  'restart-after-tftp': { withinMs: 300_000, finding: silentAfterTftp },
  'uftp-again': {
    withinMs: 300_000,
    finding: (image) => ({
      ...uftpBrokeOff(image, 'it has not begun again'),
      code: 'late-transfer',
    }),
  },
};

export function expectation(awaited: Awaited, image: string): Expectation {
  const { withinMs, finding } = limits[awaited];
  return { withinMs, finding: finding(image) };
}

export function awaitedAfterUftp(image: string): Awaited {
  return sortOfImage(image) === 'sip' ? 'control-after-uftp' : 'session-after-uftp';
}

export function awaitedAfterTftp(image: string): Awaited {
  return sortOfImage(image) === 'sip' ? 'restart-after-tftp' : 'session-after-revert';
}
