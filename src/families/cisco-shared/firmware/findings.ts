import type { Finding } from '../../../model/finding.ts';
import type { Content } from './content.ts';

const rejected = 'The phone rejects it and keeps what it runs.';
const copyAgain = 'Import the package that it comes from.';

/** What is wrong with one file, the gravest first. `own` is its name by its own header. */
export function contentFindings(
  name: string,
  own: string | undefined,
  content: Content,
  isForged: boolean,
): readonly Finding[] {
  const { damage, loads } = content;
  if (damage !== undefined)
    return [finding('image-damaged', 'error', damage, rejected, copyAgain), ...misnamed(name, own)];
  if (isUnsigned(name, content)) return [unsigned];
  return [
    ...(isForged ? [forged] : []),
    ...twoNames(content),
    ...misnamed(name, own),
    ...(loads?.files.length === 0 ? [emptyList] : []),
  ];
}

function finding(
  code: string,
  severity: Finding['severity'],
  text: string,
  consequence: string,
  cure: string,
): Finding {
  return { code, severity, text, consequence, cure };
}

const unsigned: Finding = {
  code: 'image-unsigned',
  severity: 'error',
  text: 'it has no signed header',
  consequence:
    'Phones on 5.0 or later, and all Java phones, reject it: "Image Authentication Failed".',
  cure: 'Take the file from the package as it is; a .loads file cannot be edited.',
};

/** Only `.bin` is for phones that check no signature. */
function isUnsigned(name: string, { signed, image, loads, isComponent }: Content): boolean {
  if (signed) return false;
  if (image) return !/\.bin$/i.test(name) && /\.(sbn|sb2|sbin)$/i.test(name);
  return loads !== undefined || isComponent === true;
}

const forged: Finding = {
  code: 'signature-wrong',
  severity: 'error',
  text: 'its signature does not fit: the file was changed or cut off after it was signed',
  consequence: 'The phone shows "Image Authentication Failed" and keeps what it runs.',
  cure: copyAgain,
};

function twoNames({ signed, image }: Content): readonly Finding[] {
  const header = signed?.header.fileName.replace(/\.\w+$/, '');
  if (header === undefined || header === '' || !image) return [];
  if (header.toLowerCase() === image.name.toLowerCase()) return [];
  const text = `its signed header says ${header}, the image in it ${image.name}`;
  return [finding('image-two-names', 'error', text, rejected, copyAgain)];
}

/** Phones compare the name in the file with the one that they asked for, letter by letter. */
function misnamed(name: string, own: string | undefined): readonly Finding[] {
  if (own === undefined || own === name) return [];
  const cure = `Call it ${own}.`;
  if (own.toLowerCase() === name.toLowerCase()) {
    const text = `it calls itself ${own}, in other letter case`;
    const consequence = 'A server that minds the case of letters does not find it.';
    return [finding('file-name-case', 'warning', text, consequence, cure)];
  }
  const text = `it is ${own} under another name`;
  return [finding('image-renamed', 'error', text, rejected, cure)];
}

const emptyList: Finding = {
  code: 'loads-empty',
  severity: 'error',
  text: 'it names no files to fetch',
  consequence: 'The phone has nothing to fetch and keeps what it runs.',
  cure: copyAgain,
};
