import { fileName } from './paths.ts';
import { toldBy } from './watch-state.ts';

/** The image that a control file tells phones of. */
export function namedImages(path: string, text: string): readonly string[] {
  if (fileName(path).kind !== 'control') return [];
  const { toldImage } = toldBy(text);
  return toldImage ? [toldImage.image] : [];
}
