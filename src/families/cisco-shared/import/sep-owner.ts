import type { SepFile } from '../../../codec/config/sep-xml.ts';
import { attributeOf, child, children } from '../../../codec/config/xml.ts';
import { modelNamed } from '../../../model/model-name.ts';

/** What else is known of the phone that a SEP file is for. */
export type SepSurroundings = {
  /** There is a `.cnf` file for it, which only the 7940/7960 read. */
  readonly hasCnf: boolean;
  /** Models that the operator named. */
  readonly models: readonly string[];
};

const models7900 = ['7940', '7960'];
const images7900 = /^P[0O]/i;

/** Whether a `SEP<MAC>.cnf.xml` is that of a 7940/7960; else it is a Java phone's. */
export function isSepOf7900({ root, loads }: SepFile, surroundings: SepSurroundings): boolean {
  const own = loads.filter(({ number }) => number === undefined);
  if (own.length > 0) return own.every(({ image }) => images7900.test(image));
  const text = attributeOf(child(root, 'loadInformation') ?? root, 'model')?.value ?? '';
  if (surroundings.hasCnf || modelNamed(models7900, text) !== undefined) return true;
  if (loads.length > 0) return loads.every(({ number }) => number === 7 || number === 8);
  const isForJava = children(root).some(({ name }) => /^(sipProfile|commonProfile)$/.test(name));
  const { models } = surroundings;
  return !isForJava && models.length > 0 && models.every((model) => models7900.includes(model));
}
