import type { PhoneImage } from './image-name.ts';

const firstOpenRelease = 63;

/**
 * Steps that the documents rule out without saying what happens in the phone. The twin refuses
 * them, so that a plan that takes one does not seem to work.
 */

/**
 * SIP and MGCP images before 5.0 do not take the universal loader. Cisco 7960/7940 firmware upgrade
 * matrix, Table 3: the rows "4.x or earlier" lead to every image with a loader by Procedure F only.
 */
export function takesLoader(running: PhoneImage): boolean {
  return running.protocol === 'SCCP' || running.major >= 5;
}

/**
 * A loader that replaced a SIP or MGCP image before 6.3 takes SCCP only. The same, Table 3, note 2:
 * "First upgrade to SIP 6.3"; the row to SCCP has Procedure D without it.
 */
export function takesApplication(replaced: PhoneImage | undefined, wanted: PhoneImage): boolean {
  if (replaced === undefined || replaced.protocol === 'SCCP') return true;
  const release = replaced.major * 10 + replaced.minor;
  return wanted.protocol === 'SCCP' || release >= firstOpenRelease;
}
