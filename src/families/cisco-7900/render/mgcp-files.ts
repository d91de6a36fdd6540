import type { RenderInput } from '../../../model/family.ts';
import type { RenderedFile, WrittenValue } from '../../../model/render.ts';
import type { Load } from '../load-order.ts';
import { cnfFile } from './cnf-file.ts';

/** `MGCDefault.cnf` and `MGC<MAC>.cnf`: no other key of theirs is known. */
export function mgcpFiles({ mac }: RenderInput, load: Load): readonly RenderedFile[] {
  const image = imageVersion(load);
  return [
    cnfFile('MGCDefault.cnf', 'Common to all phones', image),
    cnfFile(`MGC${mac}.cnf`, `Phone ${mac}`, image),
  ];
}

/** Stands in both files: a phone may be known only from its second request on. */
export function imageVersion({ image }: Load): readonly WrittenValue[] {
  return image === '' ? [] : [{ key: 'image_version', value: image, origin: { kind: 'order' } }];
}
