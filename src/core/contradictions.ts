import type { Finding } from '../model/finding.ts';
import type { Refusal } from '../model/plan.ts';

/** What core itself sees to be wrong with a phone, in words that hold for every family. */

/** What is done in this order: steps are parted by semicolons, `if` and `last` begin the later ones. */
const then = 'then switch the phone off and on';

/** The plan is made anew. The phone's own MAC, and the image that it should run, are filled in. */
const again = 'hookflash phone set <MAC> --image <IMAGE>';

/** It runs an image that this server did not name. */
export function otherServerAnswers(runs: string, named: string): Finding {
  return {
    code: 'other-server-answers',
    severity: 'error',
    text: `it runs ${runs}, which nothing here told it to; it was told ${named}`,
    consequence: 'it follows whoever answers first, and may change between two images for ever',
    cure: `let one DHCP server answer in its network, with this server as its TFTP server (option 150); ${then}; if its plan has stopped: ${again}; ${then}`,
  };
}

/** It read what the image is made of and took nothing: it runs it, or does not want it. */
export function imageUnproved(image: string, running: string | undefined): Finding {
  const known = running === undefined ? '' : `; it was last known to run ${running}`;
  return {
    code: 'image-unproved',
    severity: running === undefined ? 'note' : 'warning',
    text: `it was told to run ${image} and took nothing of it: it runs it already, or it rejects the list of its files${known}`,
    consequence: 'it goes on with what it has, and is told the same at each boot',
    cure: `look at its display for the firmware that it runs; if that is ${image}: hookflash phone set <MAC> --running ${image}; if not: hookflash firmware import --replace the package of ${image}; ${then}`,
  };
}

/** It did not take the image as often as one is offered. */
export function imageTakenAway(image: string, times: number): Finding {
  return {
    code: 'image-taken-away',
    severity: 'error',
    text: `it did not take ${image}, ${times} times: the image is not offered any more`,
    consequence: 'it is told to run what it last proved',
    cure: `hookflash firmware import --replace the package of ${image}; ${again}; ${then}; if it does not take it again: it cannot write firmware, exchange the phone; ${again}; ${then}`,
  };
}

/** It asked for firmware that nobody has. */
export function firmwareMissing(path: string): Finding {
  return {
    code: 'firmware-missing',
    severity: 'error',
    text: `it asked for ${path}, which is not in the library`,
    consequence: 'it cannot go on: it starts what it has, or asks again and again',
    cure: `hookflash firmware import the package with ${path}; ${then}`,
  };
}

/** No rule leads from what it runs to what it should run. `stays` is undefined where only its sort is known. */
export function noWay(target: string, stays: string | undefined, reason: Refusal): Finding {
  const stay = stays === undefined ? '' : `, --image ${stays} to leave it as it is`;
  return {
    code: 'no-way',
    severity: 'error',
    text: `there is no way to ${target}: ${reason.code}: ${reason.text}`,
    consequence: 'it is left on what it runs',
    cure: `name an image that it can reach, hookflash plan <MAC> shows the way: hookflash phone set <MAC> --image NAME${stay}; ${then}`,
  };
}
