import type { SepFile } from '../../../codec/config/sep-xml.ts';
import { attributeOf, child, children } from '../../../codec/config/xml.ts';
import { decodeXmlDefault } from '../../../codec/config/xml-default.ts';
import { decodeByteText } from '../../../codec/text/byte-text.ts';
import type { TreeFile } from '../../../model/lint.ts';
import { modelNamed } from '../../../model/model-name.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import type { JavaImage } from '../image-name.ts';
import { models, type JavaModel } from '../models.ts';
import { fileName } from '../paths.ts';

/**
 * The models that a phone may be. The hardware that its load is for is sure; then what its file says
 * in words, then which of the rest the default file has loads for, and the keys that are lines.
 */
export function modelsOf(
  { root }: SepFile,
  image: JavaImage | 'unknown' | undefined,
  inDefault: readonly string[],
): readonly string[] {
  const hardware = image === 'unknown' ? undefined : image?.hardware;
  const able = models.filter((model) => hardware === undefined || model.hardware === hardware);
  const text = attributeOf(child(root, 'loadInformation') ?? root, 'model')?.value ?? '';
  const said = modelNamed(namesOf(able), text);
  if (said !== undefined) return [said];
  // Loads of other models are the only sign of them.
  if (image === 'unknown') return [];
  const wide = able.filter(({ lines }) => lines >= lineKeys(root));
  const fitting = namesOf(wide.length === 0 ? able : wide);
  // Where nothing is said of the load, what other phones load says nothing of this one.
  const listed = hardware === undefined ? [] : fitting.filter((name) => inDefault.includes(name));
  return listed.length === 0 ? fitting : listed;
}

function namesOf(some: readonly JavaModel[]): readonly string[] {
  return some.map(({ name }) => name);
}

/** Keys beyond those of the phone may be on modules at its side. */
function lineKeys(root: SepFile['root']): number {
  const modules = child(root, 'addOnModules');
  if (modules && children(modules).length > 0) return 1;
  const lines = child(child(root, 'sipProfile') ?? root, 'sipLines');
  return lines ? children(lines, 'line').length : 0;
}

/** Models that `XMLDefault.cnf.xml` names a load for. */
export function modelsInDefault(files: readonly TreeFile[]): readonly string[] {
  const file = files.find(({ path }) => !path.includes('/') && fileName(path).kind === 'default');
  if (!file) return [];
  try {
    const { loads } = decodeXmlDefault(decodeByteText(file.read()).text);
    const numbers = new Set(loads.map(({ number }) => number));
    return namesOf(models.filter(({ number }) => number !== undefined && numbers.has(number)));
  } catch (error) {
    if (error instanceof CodecError) return [];
    throw error;
  }
}
