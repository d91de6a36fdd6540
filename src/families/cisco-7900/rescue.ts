import type { Rescue } from '../../model/family.ts';
import type { ImageName } from '../../model/firmware.ts';
import { parseImageName } from './image-name.ts';
import { hasLoader } from './universal-loader.ts';

/**
 * A loader without application takes any signed application that comes with a loader. Cisco 7960/7940
 * firmware upgrade matrix, "Universal Application Loader" and "Common Error Messages".
 */
export const rescue: Rescue = {
  states: ['in-loader'],
  tells: ['in-loader', 'boot-loop'],
  starts(image) {
    const name = parseImageName(image);
    return name?.kind === 'application' && hasLoader(name);
  },
  preferred(had, wanted) {
    const protocol = parseImageName(wanted ?? '')?.protocol;
    return had
      .flatMap((image) => parseImageName(image) ?? [])
      .sort((a, b) => rank(b, protocol) - rank(a, protocol))
      .map(({ text }) => text);
  },
};

/** The wanted protocol first, then the newest. */
function rank({ protocol, major, minor, maintenance }: ImageName, wanted?: string): number {
  const isWanted = protocol === wanted ? 1e6 : 0;
  return isWanted + major * 1e4 + minor * 100 + maintenance;
}
