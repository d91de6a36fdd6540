import type { Finding } from '../../model/finding.ts';
import { isCopy, type LibraryFile } from './library-file.ts';

/** What is wrong with a file of the library where it lies. */
export function fileFindings(file: LibraryFile): readonly Finding[] {
  const { path, firmware, archive } = file;
  const place = { file: path };
  const own = (firmware?.facts.findings ?? []).map((finding) => ({ ...finding, place }));
  return [
    ...own,
    ...(firmware && path.includes('/') && !isCopy(file) ? [{ ...inFolder, place }] : []),
    ...(archive ? [{ ...unopened, place }] : []),
  ];
}

const inFolder: Finding = {
  code: 'firmware-in-folder',
  severity: 'warning',
  text: 'it lies in a folder of the library',
  consequence: 'Phones ask for firmware at the root and do not find it.',
  cure: 'Import the folder: hookflash firmware import FOLDER',
};

const unopened: Finding = {
  code: 'package-unopened',
  severity: 'warning',
  text: 'it is a package that was copied as it is',
  consequence: 'Phones do not open packages: they find nothing of what is in it.',
  cure: 'Import it: hookflash firmware import FILE',
};

type Parts = {
  readonly image: string;
  readonly parts: readonly string[];
  readonly lacks: readonly string[];
  readonly files: readonly LibraryFile[];
};

/** What is wrong with the files of an image together. */
export function imageFindings({ image, parts, lacks, files }: Parts): readonly Finding[] {
  return [
    ...(lacks.length > 0 ? [incomplete(image, lacks)] : []),
    ...parts.flatMap((name) => otherCase(name, files)),
    ...(files.some(({ firmware }) => firmware?.facts.synthetic) ? [synthetic(image)] : []),
  ];
}

function incomplete(image: string, lacks: readonly string[]): Finding {
  return {
    code: 'image-incomplete',
    severity: 'error',
    text: `${image} lacks ${lacks.join(', ')}`,
    consequence:
      'A phone that is sent there stops at the first file that it does not find and may show "Protocol Application Invalid".',
    cure: 'Its files were copied one by one: import the package (.zip, .cop) that it comes in.',
  };
}

/** The list of files writes a name in another letter case than the file has. */
function otherCase(name: string, files: readonly LibraryFile[]): readonly Finding[] {
  if (files.some(({ path }) => path === name)) return [];
  const file = files.find(({ path }) => path.toLowerCase() === name.toLowerCase());
  if (!file) return [];
  return [
    {
      code: 'loads-case',
      severity: 'note',
      text: `phones ask for ${name}, which is called ${file.path} here`,
      place: { file: file.path },
      consequence:
        'This server finds it all the same; one that minds the case of letters does not.',
    },
  ];
}

function synthetic(image: string): Finding {
  return {
    code: 'image-synthetic',
    severity: 'note',
    text: `${image} is synthetic`,
    consequence: 'Virtual phones take it; a real phone rejects it.',
    cure: "Put the vendor's files in its place before a real phone asks for it.",
  };
}
