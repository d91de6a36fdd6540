import type { PhoneFamily } from '../../model/family.ts';
import type { Phone } from '../../model/phone.ts';
import type { Progress } from '../../model/progress.ts';
import type { Mac } from '../../wire/mac.ts';
import { planSteps } from '../plan.ts';
import { sameImage } from '../same-image.ts';
import type { Library } from './library.ts';

/** A phone and an image that it must find, now or later. */
export type Need = {
  readonly mac: Mac;
  readonly family: string;
  readonly image: string;
  /** `now`: what it runs or is being taken to. `hop`: a later step of its plan. `wanted`: no plan yet. */
  readonly when: 'now' | 'hop' | 'wanted';
  /** Files of the step, where the plan names them. */
  readonly files: readonly string[];
};

type Known = { readonly phone: Phone; readonly progress: Progress | undefined };

/** Phones of no known family need nothing. */
export function firmwareNeeds(
  families: readonly PhoneFamily[],
  phones: readonly Known[],
): readonly Need[] {
  return phones.flatMap((known) => {
    const family = families.find(({ id }) => id === known.phone.family);
    return family ? needsOf(family, known) : [];
  });
}

function needsOf(family: PhoneFamily, { phone, progress }: Known): readonly Need[] {
  const { mac, image, running } = phone;
  const need = (name: string, when: Need['when'], files: readonly string[] = []): Need => ({
    ...{ mac, family: family.id, image: name, when, files },
  });
  const runs = running === undefined ? [] : [need(running, 'now')];
  if (image === undefined) return runs;
  const steps = stepsAhead(family, phone, progress);
  if (!steps) return [...runs, need(image, 'wanted')];
  const isUnderWay = progress?.state === 'under-way';
  const hops = steps.map((step, index) =>
    need(step.image, isUnderWay && index === 0 ? 'now' : 'hop', step.firmware),
  );
  return [...runs, ...hops];
}

/** The steps that are not proved; undefined while nothing can be planned. */
function stepsAhead(family: PhoneFamily, phone: Phone, progress: Progress | undefined) {
  const { image, running } = phone;
  const isPlanned = progress?.state === 'under-way' || progress?.state === 'waiting';
  if (isPlanned && progress.target === image) return progress.steps.slice(progress.step);
  if (image === undefined || running === undefined || progress?.state === 'stopped')
    return undefined;
  const plan = planSteps(family, running, image);
  return plan.possible ? plan.steps : undefined;
}

/** Those that need an image in any spelling, or a file that is part of it or of their step. */
export function needing(
  family: Pick<PhoneFamily, 'id' | 'parseImage'>,
  needs: readonly Need[],
  image: string,
): readonly Need[] {
  return needs.filter((need) => need.family === family.id && sameImage(family, need.image, image));
}

/** Those that need a file: as part of an image or by the step's own list. */
export function needingFile(
  families: readonly PhoneFamily[],
  library: Library,
  needs: readonly Need[],
  path: string,
): readonly Need[] {
  const images = library.images.filter(({ files }) => files.some((file) => file.path === path));
  const name = path.toLowerCase();
  return needs.filter((need) => {
    if (need.files.some((file) => file.toLowerCase() === name)) return true;
    const family = families.find(({ id }) => id === need.family);
    return images.some(
      (image) => family && image.family === family.id && sameImage(family, image.image, need.image),
    );
  });
}
