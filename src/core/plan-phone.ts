import type { PhoneFamily } from '../model/family.ts';
import type { Phone } from '../model/phone.ts';
import type { Hop, Plan } from '../model/plan.ts';
import type { SettingLayer } from '../model/settings.ts';
import { planSteps, type Planning } from './plan.ts';
import { renderPhone } from './view.ts';

/** The plan between two images with the files that this phone must find at each hop. */
export function planPhone(
  phone: Phone,
  family: PhoneFamily,
  layers: readonly SettingLayer[],
  from: string,
  to: string,
  planning?: Planning,
): Plan {
  const plan = planSteps(family, from, to, planning);
  if (!plan.possible) return plan;
  const { steps, ...rest } = plan;
  const hops = steps.map((step): Hop => {
    const absent = step.absent.map((path) => path.replace('<MAC>', phone.mac));
    const { files } = renderPhone(phone, family, layers, step.order);
    return { ...step, absent, files: files.map(({ path, content }) => ({ path, content })) };
  });
  return { ...rest, hops };
}
