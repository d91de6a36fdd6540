import { parseImageName as parse7900 } from '../../cisco-7900/image-name.ts';
import { parseImageName as parseJava } from '../../cisco-java/image-name.ts';
import type { Content } from './content.ts';

/** Whose firmware a file is; `other` for phones that no family here knows. */
export type Owner = '7900' | 'java' | 'other';

const extension = /\.(sbn|sb2|sbin|bin|loads)$/i;
const component = /^(jar|cnu|apps|dsp|cvm)\d\d/i;

/** By the image in it, else by its name in the header, else by the file's. */
export function ownerOf(name: string, content: Content): Owner | undefined {
  const { image, isComponent, signed, damage } = content;
  if (image) return parse7900(image.name) ? '7900' : 'other';
  if (isComponent) return 'java';
  const names = [signed?.header.fileName ?? '', name].filter((each) => extension.test(each));
  const known = names.map(ownerByName).find((owner) => owner !== undefined);
  if (known !== undefined || names.length === 0) return known;
  return signed && damage === undefined ? 'other' : undefined;
}

export function ownerByName(name: string): Owner | undefined {
  const stem = name.replace(extension, '');
  if (parse7900(stem)) return '7900';
  return parseJava(stem) || component.test(stem) ? 'java' : undefined;
}
