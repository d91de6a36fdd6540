import type { Finding } from '../model/finding.ts';

/** What core itself sees to be wrong with a phone, in words that hold for every family. */

/** It runs an image that this server did not name. */
export function otherServerAnswers(runs: string, named: string): Finding {
  return {
    code: 'other-server-answers',
    severity: 'error',
    text: `it runs ${runs}, which nothing here told it to; it was told ${named}`,
    consequence: 'it follows whoever answers first, and may change between two images for ever',
    cure: 'look for a second DHCP or TFTP server: one DHCP server in its network, and the address of this server as its TFTP server; see also hand-made files in files/',
  };
}

export const unprovedCode = 'image-unproved';

/** It read what the image is made of and took nothing: it runs it, or does not want it. */
export function imageUnproved(image: string, running: string | undefined): Finding {
  const known = running === undefined ? '' : `; it was last known to run ${running}`;
  return {
    code: unprovedCode,
    severity: running === undefined ? 'note' : 'warning',
    text: `it was told to run ${image} and took nothing of it: it runs it already, or it rejects the list of its files${known}`,
    consequence: 'it goes on with what it has, and is told the same at each boot',
    cure: `look at its display for the firmware that it runs: if that is ${image}, hookflash phone set MAC --running ${image}; if not, hookflash firmware import --replace the package of ${image}, and switch it off and on`,
  };
}

/** It did not take the image as often as one is offered. */
export function imageTakenAway(image: string, times: number): Finding {
  return {
    code: 'image-taken-away',
    severity: 'error',
    text: `it did not take ${image}, ${times} times: the image is not offered any more`,
    consequence: 'it is told to run what it last proved',
    cure: `put the files of ${image} from the package into the library again, then have the plan made anew`,
  };
}

/** It asked for firmware that nobody has. */
export function firmwareMissing(path: string): Finding {
  return {
    code: 'firmware-missing',
    severity: 'error',
    text: `it asked for ${path}, which is not in the library`,
    consequence: 'it cannot go on: it starts what it has, or asks again and again',
    cure: `hookflash firmware import the package with ${path}, or name the image as its files in the library are named; then switch the phone off and on`,
  };
}
