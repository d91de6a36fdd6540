import type { PhoneFinding } from '../model/finding.ts';
import type { Phone } from '../model/phone.ts';
import type { Progress } from '../model/progress.ts';
import { formatMac } from '../wire/mac.ts';

/** The command that starts the phone's plan anew. */
export function goOn({ mac, image = '…' }: Phone): string {
  return `hookflash phone set ${formatMac(mac)} --image ${image}`;
}

/** What a person can do for a phone by the way that its plan and its findings stand. */
export function nextSteps(
  phone: Phone,
  progress: Progress | undefined,
  findings: readonly PhoneFinding[],
): readonly string[] {
  const cures = findings.flatMap(({ cure }) => (cure === undefined ? [] : [cure]));
  return [...cures, ...planStep(phone, progress, cures.length > 0)];
}

/** Where a finding has its cure, waiting is no advice. */
function planStep(
  phone: Phone,
  progress: Progress | undefined,
  hasCure: boolean,
): readonly string[] {
  const { image, running } = phone;
  if (image === undefined)
    return hasCure ? [] : [`nothing: it stays as it is; to change it: ${goOn(phone)}`];
  if (progress?.target !== image)
    return [
      running === undefined
        ? 'plug it in, or switch it off and on: it is planned for when it asks for a file'
        : 'switch it off and on: it is planned for when it asks for a file',
    ];
  if (progress.state === 'stopped') return [`then ${goOn(phone)}, and switch it off and on`];
  if (hasCure) return [];
  if (progress.state === 'done') return ['nothing: it runs what it should'];
  return ['wait: it restarts by itself; if nothing comes for five minutes, switch it off and on'];
}
