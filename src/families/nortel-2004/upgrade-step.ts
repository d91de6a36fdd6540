import { nortelFileOf, parseNortelImageName } from '../../codec/text/nortel-image-name.ts';
import type { Refusal, UpgradeStep } from '../../model/plan.ts';
import type { NortelImage } from './image-name.ts';
import { orderOf } from './load-order.ts';
import { wayBetween } from './upgrade-rules.ts';

export function upgradeStep(from: NortelImage, to: NortelImage): UpgradeStep | Refusal {
  const way = wayBetween(from, to);
  if ('code' in way) return way;
  const { mode, via, procedure, why } = way;
  const image = to.canonical;
  const order = orderOf({ image, mode, via });
  return { image, procedure, order, absent: [], firmware: imageFiles(image), why: [why] };
}

/** The file that holds an image; the suffix of a version id is not in its name. */
export function imageFiles(image: string): readonly string[] {
  const name = parseNortelImageName(image);
  return name ? [nortelFileOf(name)] : [];
}
