import type { BootFact, BootWatch, PhoneFamily } from '../../model/family.ts';
import type { Finding } from '../../model/finding.ts';
import type { ImageName } from '../../model/firmware.ts';
import type { Refusal, UpgradeStep } from '../../model/plan.ts';
import { isMac } from '../../wire/mac.ts';

/**
 * Phones whose requests say what they prove: `boot`, `runs-3`, `like-3`, `took-3`, `refused-3`,
 * `quiet-3`, which proves image 3 when nothing more is asked for; `wait`, after which it is late
 * within a minute; `found-x` and `mended-x`, a finding. `phone-<MAC>` is a phone's own file, and may
 * have words before it: `runs-3,phone-<MAC>`. Files hold words `name=value`; those whose name ends in
 * `password` are secrets. One that begins with `?` cannot be read, one with `signed` not be changed.
 */
const watch: BootWatch<string> = {
  form: 1,
  start: '',
  asked(state, { path }) {
    const facts = path.split(',').flatMap((word) => factOf(word));
    const quiet = /quiet-(\d)/.exec(path)?.[1] ?? /wait/.exec(path)?.[0];
    return { state: quiet ?? (state === 'wait' ? '' : state), facts };
  },
  answered(state, { outcome, text }) {
    const because = `answered ${outcome} ${text ?? ''}`.trimEnd();
    return { state, facts: [{ kind: 'phase', phase: 'answered', because }] };
  },
  settled: (state) => ({
    state: state === 'wait' ? state : '',
    facts: /^(wait)?$/.test(state)
      ? []
      : [{ kind: 'runs', image: state, because: 'asked for nothing more' }],
  }),
  expects: (state) =>
    state === 'wait' ? { withinMs: 60_000, finding: fakeFinding('late-fake') } : undefined,
  recalled: (state) => state,
  settleMs: 1000,
};

function factOf(word: string): readonly BootFact[] {
  const [kind, image = ''] = word.split('-');
  const because = `asked for ${word}`;
  if (kind === 'boot') return [{ kind, because }];
  if (kind === 'runs' || kind === 'refused') return [{ kind, image, because }];
  if (kind === 'found') return [{ kind: 'finding', finding: fakeFinding(image), because }];
  if (kind === 'mended') return [{ kind, codes: [image], because }];
  if (kind === 'took') return [{ kind: 'restarted-with', image, because }];
  if (kind === 'like') return [{ kind: 'runs-like', image, sorts: [sortOf(image)], because }];
  return [];
}

function fakeFinding(code: string): Finding {
  return { code, severity: 'error', text: `its ${code}`, cure: 'pull the plug' };
}

/** Sorts: `low` up to 2, `high` above. */
function sortOf(image: string): string {
  return Number(image) <= 2 ? 'low' : 'high';
}

/** Images are digits; `+3` is a sloppy way to write 3. One step up at a time, 9 is out of reach. */
export const fakeFamily = {
  id: 'fake',
  vendor: 'Test',
  models: [{ name: 'T', lines: 2 }],
  macOf(path) {
    const mac = /phone-(\w{12})$/.exec(path)?.[1] ?? '';
    return isMac(mac) ? mac : undefined;
  },
  isFirmware: (path) => path.endsWith('.img'),
  parseImage,
  firmware: {
    identify: (name, bytes) =>
      name.endsWith('.img')
        ? { kind: 'application', ownName: Buffer.from(bytes).toString(), findings: [] }
        : undefined,
    intended: () => [],
    imageOf: (name) => /^(\d)\.img$/.exec(name)?.[1],
    bundle: (image) => ({ parts: [`${image}.img`], findings: [] }),
  },
  imageFiles: (image) => [`${image}.img`],
  step(from, to) {
    const [a, b] = [from.canonical, to.canonical];
    if (Number(b) - Number(a) === 1 && Number(b) < 9) return fakeStep(b);
    return { code: 'too-far', text: `${a} to ${b} is not one step` };
  },
  intermediates: () => ['2', '3', '4', '5'].flatMap((image) => parseImage(image) ?? []),
  sortOf,
  steadyOrder: (image) => ({ load: image }),
  settingsOrder: (image) => (image === undefined ? undefined : { load: '' }),
  render({ mac, settings, order, restart }) {
    if (order === undefined) return { files: [], defaults: [], findings: [] };
    const set = [...settings].map(([name, { value }]) => `${name}=${value}`);
    const content = [`load=${order.load ?? ''}`, ...set].join(' ');
    const files = ['common', `phone-${mac}`].map((path) => ({ path, content, values: [] }));
    if (restart !== undefined) files.push({ path: 'sync', content: restart, values: [] });
    return { files, defaults: [], findings: [] };
  },
  parameters: [],
  formats: [],
  withoutSecrets(path, bytes, instead) {
    const text = Buffer.from(bytes).toString();
    if (/\.img$/.test(path) || text.startsWith('?')) return { kind: 'unread' };
    const names = [...text.matchAll(/(\w*password)=\S+/g)].map(([, name = '']) => name);
    if (text.startsWith('signed') && names.length > 0) return { kind: 'whole-or-not', names };
    const hidden = text.replace(/(\w*password)=\S+/g, `$1=${instead}`);
    return { kind: 'read', bytes: names.length > 0 ? Buffer.from(hidden) : bytes, names };
  },
  lint: { rules: [], file: () => undefined, tree: () => [] },
  importTree: () => ({ phones: [], settings: {}, files: [] }),
  watch,
  synthesize: (image) => [{ name: `${image}.img`, bytes: Buffer.from(`image ${image}`) }],
} satisfies Partial<PhoneFamily> as unknown as PhoneFamily;

export function fakeStep(image: string): UpgradeStep {
  const order = { load: image };
  return { image, procedure: 'A', order, absent: ['hidden-<MAC>'], firmware: [], why: [] };
}

export function parseImage(text: string): ImageName | undefined {
  const canonical = text.replace(/^\+/, '');
  if (!/^\d$/.test(canonical)) return undefined;
  const findings =
    canonical === text ? [] : [{ code: 'plus', severity: 'warning' as const, text: 'has a plus' }];
  const rest = { minor: 0, maintenance: 0, sub: 0, signed: false, findings } as const;
  return {
    ...{
      text,
      canonical,
      key: canonical,
      protocol: 'SIP',
      kind: 'application',
      major: Number(canonical),
    },
    ...rest,
  };
}

/** A family that has these steps and no others, in this order of preference. */
export function familyOfSteps(
  steps: ReadonlyMap<string, readonly string[]>,
  intermediates: readonly string[],
): PhoneFamily {
  const image = parseImage('1') as ImageName;
  const named = (text: string) => ({ ...image, text, canonical: text, key: text });
  return {
    ...fakeFamily,
    parseImage: (text) => (/^\w$/.test(text) ? named(text) : undefined),
    intermediates: () => intermediates.map(named),
    step: ({ key: from }, { key: to }): UpgradeStep | Refusal =>
      steps.get(from)?.includes(to) === true
        ? fakeStep(to)
        : { code: 'no-step', text: `${from} to ${to}` },
  };
}
