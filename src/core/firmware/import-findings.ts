import type { PhoneFamily } from '../../model/family.ts';
import type { Finding } from '../../model/finding.ts';
import { sameImage } from '../same-image.ts';
import type { ImportReport } from './firmware-folder.ts';

type Report = Omit<ImportReport, 'findings'> & { readonly findings: readonly Finding[] };

/** What is wrong with an import as a whole. */
export function importFindings(
  families: readonly PhoneFamily[],
  report: Report,
): readonly Finding[] {
  return [...nothingThere(report), ...notBrought(families, report)];
}

/** Not told where something else says why. */
function nothingThere({ stored, kept, leftOut, findings }: Report): readonly Finding[] {
  if (stored.length + kept.length > 0 || findings.some(({ severity }) => severity === 'error'))
    return [];
  const files = leftOut.length === 1 ? 'file is' : 'files are';
  const text =
    leftOut.length === 0
      ? 'there are no files in it'
      : `${leftOut.length} ${files} no firmware of phones that are known here`;
  const cure = 'Import the firmware package as the vendor has it.';
  return [{ code: 'no-firmware', severity: 'error', text, cure }];
}

/** A package says which image it is for, and has no file of that image. */
function notBrought(
  families: readonly PhoneFamily[],
  { packages, stored, kept }: Report,
): readonly Finding[] {
  const names = [...stored, ...kept].map(({ name }) => name);
  return packages.flatMap(({ path, intended }) => {
    const wanting = intended.filter(({ image }) => !names.some(isOf(families, image)));
    return [...new Set(wanting.map(({ image }) => image))].map((image): Finding => {
      const models = wanting.filter((each) => each.image === image).map(({ model }) => model);
      return {
        code: 'package-incomplete',
        severity: 'error',
        text: `it is for ${image} on the ${[...new Set(models)].join(', ')}, of which it has no file`,
        place: { file: path },
        cure: 'Get the package again.',
      };
    });
  });
}

function isOf(families: readonly PhoneFamily[], image: string): (name: string) => boolean {
  return (name) =>
    families.some((family) => {
      const owner = family.firmware.imageOf(name);
      return owner !== undefined && sameImage(family, owner, image);
    });
}
