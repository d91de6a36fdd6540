import type { PhoneFamily } from '../model/family.ts';
import type { Finding } from '../model/finding.ts';
import type { Progress } from '../model/progress.ts';
import { lackingFirmware, type LackingStep } from './firmware/lacking.ts';
import type { Library } from './firmware/library.ts';
import type { Planning } from './plan.ts';

/** Codes of what is said of a phone whose step waits for files. */
export const waitingCodes: readonly string[] = ['firmware-missing', 'firmware-unusable'];

/** What the present step waits for; undefined where it can be served. */
export type Wait = { readonly reason: string; readonly finding: Finding };

export function waitOf(
  family: PhoneFamily,
  { steps, step }: Pick<Progress, 'steps' | 'step'>,
  planning: Planning | undefined,
): Wait | undefined {
  const next = steps[step];
  if (!next || !planning?.library) return undefined;
  const [lacking] = lackingFirmware(family, [next], planning.library);
  if (!lacking) return undefined;
  const isLast = step === steps.length - 1;
  const isListed = lacking.files.some((name) => !next.firmware.includes(name));
  const finding = findingOf(lacking, planning.library, { isLast, isListed });
  return { reason: finding.text, finding };
}

const left = 'it is left on what it runs, and goes on when the files are there';
const then = 'then switch the phone off and on';

type Step = {
  readonly isLast: boolean;
  /** Some file is wanted by the library's own list alone, which may be the wrong one. */
  readonly isListed: boolean;
};

function findingOf(lacking: LackingStep, library: Library, { isLast, isListed }: Step): Finding {
  const { image, files, spelling } = lacking;
  if (files.length === 0) return unusable(lacking, library);
  const cure =
    spelling !== undefined && isLast
      ? `name the image as its files in the library are named: hookflash phone set <MAC> --image ${spelling}`
      : files.map((name) => cureFor(image, name, library)).find((each) => each !== undefined);
  const known = spelling === undefined ? '' : `; it has ${spelling}, the same release`;
  return {
    code: 'firmware-missing',
    severity: 'error',
    text: `the library lacks ${files.join(', ')}, without which ${image} is not begun${known}`,
    consequence: left,
    cure: `${cure ?? `hookflash firmware import${isListed ? ' --replace' : ''} the package of ${image} with ${files.join(', ')}`}; ${then}`,
  };
}

/** A file that is there and that phones do not find. */
function cureFor(image: string, name: string, { files }: Library): string | undefined {
  const renamed = files.find(({ firmware }) => firmware?.facts.ownName === name);
  if (!renamed) return undefined;
  const { path } = renamed;
  if (path.includes('/'))
    return `${path} lies in a folder, where phones do not look: hookflash firmware import firmware/${path}`;
  return `${path} in the library is ${name} under another name, of ${image}: rename firmware/${path} to firmware/${name}`;
}

function unusable({ image, unusable: names, faults }: LackingStep, library: Library): Finding {
  const why = names.flatMap((name) => {
    const grave = library.file(name)?.firmware?.facts.findings.filter(isError) ?? [];
    return grave.map(({ text }) => `${name}: ${text}`);
  });
  const all = [...why, ...faults.map(({ text }) => text)];
  const which = names.length > 0 ? `with ${names.join(', ')}` : 'whole';
  return {
    code: 'firmware-unusable',
    severity: 'error',
    text: `no phone can take ${image} as the library has it: ${all.join('; ')}`,
    consequence: left,
    cure: `hookflash firmware import --replace the package of ${image} ${which}; ${then}`,
  };
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}
