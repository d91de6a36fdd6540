import type { LoadOrder } from '../../model/plan.ts';
import { parseImageName } from './image-name.ts';

/** What `[FW]` of the control file says, and who sends the image. */
export type Load = {
  /** '' names none: the phone keeps what it has. */
  readonly image: string;
  readonly mode: 'AUTO' | 'FORCED';
  /** By UFTP the IPCM service sends it, and the control file names none. */
  readonly via: 'tftp' | 'uftp';
};

export function orderOf({ image, mode, via }: Load): LoadOrder {
  return { image, mode, via };
}

export function loadOf(order: LoadOrder): Load {
  return {
    image: order['image'] ?? '',
    mode: order['mode'] === 'FORCED' ? 'FORCED' : 'AUTO',
    via: order['via'] === 'uftp' ? 'uftp' : 'tftp',
  };
}

/**
 * A phone with SIP software is told the version that it has, and takes nothing. One with UNIStim
 * software does not read the file; if it does after all, it runs something else, and nothing is named.
 */
export function steadyLoad(image: string): LoadOrder {
  const isSip = parseImageName(image)?.software === 'sip';
  return isSip ? orderOf({ image, mode: 'AUTO', via: 'tftp' }) : settingsOnly();
}

/** Its settings and no image harm no phone. */
export function settingsOnly(): LoadOrder {
  return orderOf({ image: '', mode: 'AUTO', via: 'tftp' });
}
