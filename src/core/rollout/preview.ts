import type { PhoneFamily } from '../../model/family.ts';
import type { PhoneFinding } from '../../model/finding.ts';
import type { Phone } from '../../model/phone.ts';
import type { Refusal } from '../../model/plan.ts';
import type { PhonePreview, RolloutPreview, RolloutSpec } from '../../model/rollout.ts';
import type { Mac } from '../../wire/mac.ts';
import { lackingFirmware } from '../firmware/lacking.ts';
import { planSteps, type Planning, type StepPlan } from '../plan.ts';
import { sameImage } from '../same-image.ts';
import { groupPhones } from './groups.ts';
import { phoneRisks } from './risk.ts';
import { durationOf, timesOf } from './times.ts';
import { isZone, windowMs } from './window.ts';

export type PreviewContext = {
  readonly families: readonly PhoneFamily[];
  readonly planning: Planning;
  /** Rollouts that have phones already, by MAC. */
  readonly holders: ReadonlyMap<Mac, string>;
  readonly findings: readonly PhoneFinding[];
  /** The phone's own zone or its site's; undefined where neither has one. */
  readonly zoneOf: (phone: Phone) => string | undefined;
  /** What phones ran and were set to before the rollout that is taken back. */
  readonly back?: ReadonlyMap<Mac, Wish>;
};

/** What one phone shall be. */
export type Wish = {
  readonly image?: string;
  readonly settings?: Readonly<Record<string, string | null>>;
  /** Why it cannot be taken back. */
  readonly refusal?: Refusal;
};

type Way = {
  readonly plan: StepPlan | undefined;
  readonly from?: string;
  readonly image?: string;
  readonly zone: string;
};

/** What the rollout would do to each of these phones, and why it leaves some out. */
export function previewRollout(
  spec: RolloutSpec,
  phones: readonly Phone[],
  context: PreviewContext,
): RolloutPreview {
  const first = phones.map((phone) => previewPhone(spec, phone, context));
  const refused = new Set(first.filter(({ refusal }) => refusal).map(({ mac }) => mac));
  const { names, groupOf } = groupPhones(
    spec.groups,
    phones.filter(({ mac }) => !refused.has(mac)),
  );
  return {
    groupNames: names,
    phones: first.map((each) => ({ ...each, group: groupOf.get(each.mac) ?? 0 })),
  };
}

/** What the phone shall be by this rollout. */
export function wishFor(
  { change }: Pick<RolloutSpec, 'change'>,
  phone: Phone,
  { families, back }: Pick<PreviewContext, 'families' | 'back'>,
): Wish {
  if (change.back !== undefined) return back?.get(phone.mac) ?? {};
  const family = families.find(({ id }) => id === phone.family);
  const image =
    change.image === undefined
      ? undefined
      : (family?.parseImage(change.image)?.canonical ?? change.image);
  return {
    ...(image !== undefined && { image }),
    ...(change.settings && { settings: change.settings }),
  };
}

function previewPhone(spec: RolloutSpec, phone: Phone, context: PreviewContext): PhonePreview {
  const { families, planning, findings } = context;
  const family = families.find(({ id }) => id === phone.family);
  const wish = wishFor(spec, phone, context);
  const { image } = wish;
  const { running: from, mac, model } = phone;
  const plan =
    family && image !== undefined && from !== undefined
      ? planSteps(family, from, image, planning)
      : undefined;
  const zone = context.zoneOf(phone) ?? spec.zone;
  const steps = plan?.possible ? plan.steps : [];
  const times = timesOf(family, phone);
  const lasting = durationOf(times, steps.length, spec.steadyMs);
  const way: Way = {
    plan,
    zone,
    ...(from !== undefined && { from }),
    ...(image !== undefined && { image }),
  };
  const refusal = family
    ? (firstRefusal(spec, phone, family, wish, way, context) ?? tooLong(spec, lasting.lastsMs))
    : { code: 'family-unknown', text: `no family of phones is called ${phone.family}` };
  const own = findings.filter((finding) => finding.mac === mac);
  const { risk, risks } = phoneRisks({ family, from, image, plan, planning, findings: own });
  return {
    ...{ mac, model, group: 0, zone, hops: steps.map((step) => step.image), ...lasting },
    ...{ risk, risks },
    ...(from !== undefined && { from }),
    ...(image !== undefined && { image }),
    ...(refusal && { refusal }),
  };
}

function firstRefusal(
  spec: RolloutSpec,
  phone: Phone,
  family: PhoneFamily,
  wish: Wish,
  { plan, from, image, zone }: Way,
  { holders, planning }: PreviewContext,
): Refusal | undefined {
  if (wish.refusal) return wish.refusal;
  const holder = holders.get(phone.mac);
  if (holder !== undefined && holder !== spec.name)
    return { code: 'in-another-rollout', text: `the rollout ${holder} has it` };
  if (!isZone(zone)) return { code: 'zone-unknown', text: `"${zone}" is no time zone` };
  if (isThere(family, phone, wish)) {
    const what = image === undefined ? 'it is set so' : `it runs ${image}`;
    return { code: 'nothing-to-do', text: what };
  }
  if (image !== undefined) {
    const problem = imageRefusal(family, phone, image, from, plan, planning);
    if (problem) return problem;
  }
  return notifyRefusal(family, phone);
}

/** Settings and plain restarts are never done without a restart. */
function isThere(family: PhoneFamily, phone: Phone, { image, settings }: Wish): boolean {
  if (image === undefined && settings === undefined) return false;
  const isSet = Object.entries(settings ?? {}).every(
    ([name, value]) => (phone.settings[name] ?? null) === value,
  );
  const runs =
    image === undefined || (phone.running !== undefined && sameImage(family, phone.running, image));
  return isSet && runs;
}

function imageRefusal(
  family: PhoneFamily,
  phone: Phone,
  image: string,
  from: string | undefined,
  plan: StepPlan | undefined,
  { library }: Planning,
): Refusal | undefined {
  const model = family.models.find(({ name }) => name === phone.model);
  const parsed = family.parseImage(image);
  const names = family.models.map(({ name }) => name).join(', ');
  if (!parsed)
    return { code: 'unknown-image', text: `"${image}" is not an image of these phones: ${names}` };
  const unfit = model && family.imageProblem?.(parsed.canonical, model);
  if (unfit?.severity === 'error') return { code: unfit.code, text: unfit.text };
  if (from === undefined || !plan)
    return { code: 'running-unknown', text: 'what it runs is not known: let it start once' };
  if (!plan.possible) return plan.reason;
  const [lacking] = library ? lackingFirmware(family, plan.steps, library) : [];
  if (!lacking) return undefined;
  const files = [...lacking.files, ...lacking.unusable].join(', ');
  const code = lacking.files.length > 0 ? 'firmware-missing' : 'firmware-unusable';
  const what = files === '' ? `no whole ${lacking.image}` : `no ${files}`;
  return { code, text: `for ${lacking.image} the library has ${what} that phones take` };
}

function notifyRefusal(family: PhoneFamily, { model, running }: Phone): Refusal | undefined {
  const known = family.models.find(({ name }) => name === model);
  if (!family.restart || !known)
    return {
      code: 'no-notify',
      text: 'these phones cannot be restarted from afar: walk to the desk',
    };
  return family.restart.problem(running, known);
}

function tooLong({ window }: RolloutSpec, lastsMs: number): Refusal | undefined {
  if (!window || lastsMs <= windowMs(window)) return undefined;
  const minutes = (ms: number) => Math.ceil(ms / 60_000);
  const text = `it may take ${minutes(lastsMs)} minutes, the window is ${minutes(windowMs(window))}`;
  return { code: 'window-too-short', text };
}
