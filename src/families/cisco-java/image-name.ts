import type { Finding } from '../../model/finding.ts';
import type { ImageName } from '../../model/firmware.ts';
import type { Model } from '../../model/phone.ts';
import { javaModel, models } from './models.ts';

/** A load of these phones: the name of a `.loads` file, which names the files to fetch. */
export type JavaImage = ImageName & {
  /** `41` for 7941 and 7961; undefined in the stand-in for whatever a phone runs. */
  readonly hardware?: string;
  /** `9-4-2SR3-1`: as components carry it. */
  readonly version: string;
};

const prefixes = { SIP: 'SIP', SCCP: 'SCCP', TERM: 'SCCP' } as const;

/**
 * `SIP41.9-4-2SR3-1S`: protocol, hardware, release 9.4(2) with its service release, build, and S for
 * signed. Service release and build may be missing. `TERM41.7-0-3-0S` is SCCP's old name.
 */
const load = /^(SIP|SCCP|TERM)(\d\d)\.((\d+)-(\d+)-(\d+)(?:(?:SR|ES|TH)(\d+))?(?:-\d+)?)(S?)$/;

/** `term41.default`: the load that the boot code asks for when the phone has none. */
const bootDefault = /^TERM(\d\d)\.DEFAULT$/;

/**
 * Stand for loads of which no more is known than what a boot shows: that it is boot code, or whether
 * it asked for an identity list (ITL), which came between 8.5(2) and 9.0. No phone has such numbers.
 */
export const standIns = {
  bootCode: 'term00.default',
  withoutItl: 'term00.8',
  withItl: 'term00.9',
} as const;
const standInMajors: ReadonlyMap<string, number> = new Map([
  [standIns.bootCode, 0],
  [standIns.withoutItl, 8],
  [standIns.withItl, 9],
]);

const hardwares: ReadonlySet<string> = new Set(models.map(({ hardware }) => hardware));
const terminals: ReadonlyMap<string, string> = new Map(
  models.map(({ terminal, hardware }) => [terminal, hardware]),
);

/** Undefined when the name is of no load of these phones. */
export function parseImageName(text: string): JavaImage | undefined {
  const { name, findings } = repair(text);
  const upper = name.toUpperCase();
  const standIn = standInMajors.get(name);
  if (standIn !== undefined) return withoutVersion(text, name, standIn, findings);
  const terminal = bootDefault.exec(upper)?.[1];
  if (terminal !== undefined) return defaultLoad(text, terminal, findings);
  const [, prefix = '', hardware = '', version = '', ...rest] = load.exec(upper) ?? [];
  if (!hardwares.has(hardware)) return undefined;
  const [major = 0, minor = 0, maintenance = 0, sub = 0] = rest.slice(0, 4).map(numberOf);
  return {
    ...{ text, canonical: upper, key: upper, kind: 'application', hardware, version },
    protocol: prefixes[prefix as keyof typeof prefixes],
    ...{ major, minor, maintenance, sub },
    signed: rest[4] === 'S',
    findings: [...findings, ...caseFinding(text, name, upper)],
  };
}

function numberOf(digits: string | undefined): number {
  return Number(digits ?? 0);
}

function defaultLoad(
  text: string,
  terminal: string,
  findings: readonly Finding[],
): JavaImage | undefined {
  const hardware = terminals.get(terminal);
  if (hardware === undefined) return undefined;
  return { ...withoutVersion(text, `term${terminal}.default`, 0, findings), hardware };
}

function withoutVersion(
  text: string,
  canonical: string,
  major: number,
  findings: readonly Finding[],
): JavaImage {
  return {
    ...{ text, canonical, key: canonical, kind: 'loader', protocol: 'none', version: 'default' },
    ...{ findings, major, minor: 0, maintenance: 0, sub: 0, signed: true },
  };
}

function repair(text: string): { readonly name: string; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const step = (code: string, from: string, to: string, what: string) => {
    if (from !== to) findings.push({ code, severity: 'warning', text: `"${text}": ${what}` });
    return to;
  };
  const trimmed = step('image-name-blank', text, text.trim(), 'blanks around the name');
  const bare = trimmed.replace(/\.loads$/i, '');
  return { name: step('image-name-extension', trimmed, bare, 'named with extension'), findings };
}

function caseFinding(text: string, name: string, canonical: string): readonly Finding[] {
  if (name === canonical) return [];
  return [
    {
      code: 'image-name-case',
      severity: 'warning',
      text: `"${text}": letters are upper case`,
    },
  ];
}

/** As parseImageName, for names that are known to be right. Throws a TypeError otherwise. */
export function imageName(text: string): JavaImage {
  const name = parseImageName(text);
  if (!name) throw new TypeError(`"${text}" is no load of a Cisco Java phone`);
  return name;
}

/** A name that this family gave, with what it knows more of it. */
export function javaImage(name: ImageName): JavaImage {
  return imageName(name.canonical);
}

/** Why the model cannot run the load; undefined when it can. */
export function hardwareProblem(image: JavaImage, model: Model): Finding | undefined {
  const wanted = javaModel(model.name)?.hardware;
  if (wanted === undefined || image.hardware === undefined || image.hardware === wanted)
    return undefined;
  const others = models.filter(({ hardware }) => hardware === image.hardware);
  return {
    code: 'image-of-other-hardware',
    severity: 'error',
    text: `${image.canonical} is for ${others.map(({ name }) => name).join(', ')}, not for the ${model.name}`,
    consequence: 'The phone rejects it and keeps what it runs.',
    cure: `Take the load whose name begins with ${prefixOf(image)}${wanted}.`,
  };
}

function prefixOf({ protocol, canonical }: JavaImage): string {
  return protocol === 'none' ? canonical.slice(0, 4) : protocol;
}
