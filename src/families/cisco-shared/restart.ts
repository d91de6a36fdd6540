import type { ImageName } from '../../model/firmware.ts';
import type { Refusal } from '../../model/plan.ts';

/** Only what speaks SIP listens to NOTIFY. */
export function notifyProblem(image: ImageName | undefined): Refusal | undefined {
  if (image === undefined)
    return {
      code: 'running-unknown',
      text: 'what it runs is not known, nor whether it listens: let it start once',
    };
  if (image.protocol === 'SIP') return undefined;
  const how =
    image.protocol === 'SCCP'
      ? 'its call manager can reset it, or walk to the desk and switch it off and on'
      : 'walk to the desk and switch it off and on';
  const speaks = image.protocol === 'none' ? 'is a loader' : `speaks ${image.protocol}`;
  return { code: 'no-notify', text: `${image.canonical} ${speaks} and knows no NOTIFY: ${how}` };
}
