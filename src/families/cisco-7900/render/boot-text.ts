import { encodeOs79xx } from '../../../codec/config/os79xx.ts';
import type { RenderedFile } from '../../../model/render.ts';
import type { Load } from '../load-order.ts';

/** `OS79XX.TXT`: the image that boot code from before the loader compares with its own. */
export function bootText({ os79xx }: Load): readonly RenderedFile[] {
  if (os79xx === '') return [];
  const values = [{ key: 'image', value: os79xx, origin: { kind: 'order' } as const }];
  return [{ path: 'OS79XX.TXT', content: encodeOs79xx(os79xx), values }];
}
