import type { PhoneFamily } from '../../model/family.ts';
import type { Finding } from '../../model/finding.ts';
import { imageKey } from '../same-image.ts';
import { hasSameFiles, otherSpelling } from './lacking.ts';
import { isComplete, type Library } from './library.ts';

/** What to tell an operator who names the image that a phone should run. */
export function wantedImageFindings(
  family: Pick<PhoneFamily, 'id' | 'parseImage' | 'imageFiles'>,
  image: string,
  library: Library,
): readonly Finding[] {
  const name = family.parseImage(image)?.canonical ?? image;
  const spelling = otherSpelling(family, name, library);
  if (spelling !== undefined) return [otherwise(name, spelling)];
  const found = library.images.find(
    (each) =>
      each.family === family.id &&
      (each.image === name ||
        (each.key === imageKey(family, name) && hasSameFiles(family, each.image, name))),
  );
  if (!found) return [lacking(`the library lacks ${name}`)];
  if (isComplete(found)) return [];
  const { lacks, unusable } = found;
  const parts = [
    ...(lacks.length > 0 ? [`lacks ${lacks.join(', ')}`] : []),
    ...(unusable.length > 0 ? [`has damaged files: ${unusable.join(', ')}`] : []),
  ];
  return [lacking(`of ${name} the library ${parts.join(' and ') || 'has files that do not fit'}`)];
}

function lacking(text: string): Finding {
  const cure = 'hookflash firmware import PACKAGE';
  return { code: 'image-lacking', severity: 'note', text: `${text}: ${cure}`, cure };
}

function otherwise(name: string, spelling: string): Finding {
  const text = `the library has ${name} as ${spelling}, and phones take the exact name: --image ${spelling}`;
  return { code: 'image-spelling', severity: 'warning', text };
}
