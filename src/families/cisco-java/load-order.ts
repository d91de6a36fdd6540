import type { LoadOrder } from '../../model/plan.ts';
import { imageName } from './image-name.ts';

/** What the configuration file tells a phone to load. */
export type Load = {
  /** Whose settings are served; empty where only they can tell. */
  readonly protocol: 'SIP' | 'SCCP' | '';
  /** Named as loadInformation; empty names none. */
  readonly image: string;
};

/** The order that this family made. */
export function loadOf(order: LoadOrder): Load {
  const { protocol, image = '' } = order;
  return { protocol: protocol === 'SIP' || protocol === 'SCCP' ? protocol : '', image };
}

/** Names what the phone runs, so that it stays there. */
export function steadyLoad(image: string): Load {
  const { canonical, protocol, kind } = imageName(image);
  if (kind === 'loader') return { protocol: '', image: '' };
  return { ...loadOf({ protocol }), image: canonical };
}

/** Settings never harm: without a load's name the phone keeps what it runs. */
export function settingsOnly(image: string | undefined): Load {
  const protocol = image === undefined ? '' : imageName(image).protocol;
  return { ...loadOf({ protocol }), image: '' };
}
