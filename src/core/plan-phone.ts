import type { PhoneFamily } from '../model/family.ts';
import type { Phone } from '../model/phone.ts';
import type { Hop, Plan } from '../model/plan.ts';
import type { SettingLayer } from '../model/settings.ts';
import { planSteps } from './plan.ts';
import { renderPhone } from './view.ts';

/** The plan between two images with the files that this phone must find at each hop. */
export function planPhone(
  phone: Phone,
  family: PhoneFamily,
  layers: readonly SettingLayer[],
  from: string,
  to: string,
): Plan {
  const plan = planSteps(family, from, to);
  if (!plan.possible) return plan;
  const hops = plan.steps.map((step): Hop => {
    const absent = step.absent.map((path) => path.replace('<MAC>', phone.mac));
    return { ...step, absent, files: renderPhone(phone, family, layers, step.order) };
  });
  return { possible: true, hops };
}
