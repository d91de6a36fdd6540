import { nortelImageOfRelease } from '../../../codec/text/nortel-image-name.ts';
import type { Service } from '../../../model/service.ts';
import { parseImageName } from '../image-name.ts';
import { models, sipModel } from '../models.ts';

/** Under this name the store has it. */
export const ipcmService = 'ipcm';

/** What the IP Client Manager is provisioned with. NN42020-202, section 5, step 3. */
export type Provisioning = {
  readonly locked: boolean;
  /** Image names, where they are provisioned. */
  readonly sip?: string;
  readonly transitional?: string;
  /** By model. */
  readonly unistim: ReadonlyMap<string, string>;
  /** "Enable 2004 SIP upgrade". */
  readonly sipUpgrade: boolean;
};

const names = { sip: 'sip-firmware', transitional: 'transitional-firmware' } as const;
const sipUpgrade = '2004-sip-upgrade';

/** Before anybody has provisioned it: unlocked for sessions, and no software leaves. */
export const unprovisioned: Service = {
  ...{ name: ipcmService, state: 'unlocked', values: {}, changedAt: 0 },
  text: 'nothing is provisioned',
};

export function provisioningOf({ state, values }: Service): Provisioning {
  const sip = imageOf('sip', values[names.sip]);
  const transitional = imageOf('transitional', values[names.transitional]);
  const unistim = models.flatMap(({ name }) => {
    const image = unistimImage(name, values[`unistim-firmware/${name}`]);
    return image === undefined ? [] : [[name, image] as const];
  });
  return {
    locked: state === 'locked',
    ...(sip !== undefined && { sip }),
    ...(transitional !== undefined && { transitional }),
    unistim: new Map(unistim),
    sipUpgrade: values[sipUpgrade] === 'on',
  };
}

function imageOf(kind: 'sip' | 'transitional', release: string | undefined): string | undefined {
  return release === undefined ? undefined : nortelImageOfRelease(kind, release)?.canonical;
}

/** The 2007 has a load of its own. */
function unistimImage(model: string, release: string | undefined): string | undefined {
  const load = model === '2007' ? '0621' : '0604';
  return release === undefined ? undefined : parseImageName(`${load}${release}`)?.canonical;
}

/** What is wrong with a value that an operator names; undefined where it can be kept. */
export function valueProblem(name: string, value: string): string | undefined {
  if (name === sipUpgrade)
    return value === 'on' || value === 'off' ? undefined : `"${value}" is neither on nor off`;
  const model = /^unistim-firmware\/(.*)$/.exec(name)?.[1];
  if (model !== undefined && !models.some((each) => each.name === model)) {
    const known = models.map((each) => each.name).join(', ');
    return `"${model}" is none of the models ${known}`;
  }
  const isKnown = model !== undefined || Object.values<string>(names).includes(name);
  if (!isKnown) return `"${name}" is nothing that the IPCM service is provisioned with`;
  if (/^[A-Z][0-9A-Z]{2}$/.test(value)) return undefined;
  return `"${value}" is no version id: three characters, such as D93 of 0692D93.bin`;
}

/** The names of all values, in the order in which they are shown. */
export const valueNames: readonly string[] = [
  ...Object.values(names),
  ...models.map(({ name }) => `unistim-firmware/${name}`),
  sipUpgrade,
];

/** The file of a provisioned value, for people: `D93 (0692D93.bin)`. */
export function imageOfValue(name: string, value: string): string | undefined {
  const model = /^unistim-firmware\/(.*)$/.exec(name)?.[1];
  if (model !== undefined) return unistimImage(model, value);
  if (name === names.sip) return imageOf('sip', value);
  return name === names.transitional ? imageOf('transitional', value) : undefined;
}

/** Whether a phone of the model may get SIP software at all. */
export function mayUpgrade(model: string): boolean {
  return model === sipModel;
}
