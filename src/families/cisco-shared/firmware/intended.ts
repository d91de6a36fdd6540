import { decodeLoadMap } from '../../../codec/config/load-map.ts';
import type { IntendedImage } from '../../../model/firmware-file.ts';
import type { Model } from '../../../model/phone.ts';
import { latin1 } from '../../../wire/reader.ts';

const longest = 65_536;

/** Of `load307.txt` in a `.cop` package, for these models. */
export function intendedImages(
  models: readonly Model[],
  name: string,
  bytes: Uint8Array,
): readonly IntendedImage[] {
  if (!/^load\d+\.txt$/i.test(name) || bytes.length > longest) return [];
  return decodeLoadMap(latin1(bytes)).loads.flatMap(({ number, image }) =>
    models
      .filter((model) => model.number === number)
      .map((model) => ({ model: model.name, image })),
  );
}
