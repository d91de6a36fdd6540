import { unwritable } from './place.ts';

const nameOfImage = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const fileExtension = /\.(bin|sbn|sb2|sbin|loads|sgn|zip|tar|cop|txt)$/i;

/** Returns the image's name, or throws a CodecError where it is a file's name or has blanks. */
export function imageName(name: string, field: string): string {
  if (nameOfImage.test(name) && !fileExtension.test(name)) return name;
  throw unwritable(field, 'an image name without blanks and extension', name);
}
