import type { LoadOrder } from '../../model/plan.ts';
import { imageName } from './image-name.ts';
import { loaderOf } from './universal-loader.ts';

/** What the configuration files tell a 7940/7960 to load. */
export type Load = {
  /** Whose configuration files are served. */
  readonly protocol: 'SCCP' | 'SIP' | 'MGCP';
  /** Named as image_version or loadInformation; empty names none. */
  readonly image: string;
  /** Content of OS79XX.TXT; empty for no such file. */
  readonly os79xx: string;
  /** Named in XMLDefault.cnf.xml beside another protocol's files: the single-step conversion. */
  readonly xmlDefault: string;
};

/** The order that this family put into a step. */
export function loadOf(order: LoadOrder): Load {
  const { protocol, image = '', os79xx = '', xmlDefault = '' } = order;
  return { protocol: protocol as Load['protocol'], image, os79xx, xmlDefault };
}

/** Names what the phone runs, so that it stays there. */
export function steadyLoad(image: string): Load {
  const name = imageName(image);
  return {
    protocol: name.protocol as Load['protocol'],
    image: name.canonical,
    os79xx: loaderOf(name) ?? name.canonical,
    xmlDefault: '',
  };
}

/**
 * The settings of a protocol and no image: for a phone of which no more than that is known. Files of
 * another protocol than its own would stop its hunt, so that one of which nothing is known gets none.
 */
export function settingsOnly(image: string | undefined): Load | undefined {
  if (image === undefined) return undefined;
  const { protocol } = imageName(image);
  if (protocol === 'none' || protocol === 'UNIStim') return undefined;
  return { protocol, image: '', os79xx: '', xmlDefault: '' };
}
