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
