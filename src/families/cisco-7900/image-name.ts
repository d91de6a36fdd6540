import type { Finding } from '../../model/finding.ts';
import type { ImageName } from '../../model/firmware.ts';

const protocols = { '0': 'SCCP', S: 'SIP', M: 'MGCP' } as const;
type ProtocolLetter = keyof typeof protocols;

type Version = Pick<ImageName, 'major' | 'minor' | 'maintenance' | 'sub'>;
type Generation = {
  readonly pattern: RegExp;
  readonly kind?: ImageName['kind'];
  /** From the text of the pattern's groups after the protocol letter. */
  readonly version: (groups: readonly string[]) => Version;
};

/**
 * Every way in which images of these phones were named. Cisco 7960/7940 firmware upgrade matrix,
 * Firmware Naming Conventions and tables 1 and 2; Cisco SIP IP Phone Administrator Guide 4.4,
 * table 3-10.
 */
const generations: readonly Generation[] = [
  // P003-08-12-00: the universal application loader keeps the SCCP letter.
  { pattern: /^P0(0)3-(\d{1,2})-(\d{1,2})-(\d{2})$/, kind: 'loader', version: dashed },
  // P0S3-08-12-00, P0S3-8-12-00, P0M3-07-4-00
  { pattern: /^P0([SM])3-(\d{1,2})-(\d{1,2})-(\d{2})$/, version: dashed },
  // P00303020600: 3.2(6)
  { pattern: /^P0([0SM])3(\d{2})(\d{2})(\d{2})(\d{2})$/, version: dashed },
  // P0030801SR02: a service release of 8.1
  { pattern: /^P0(0)3(\d{2})(\d{2})SR(\d{2})$/, version: dashed },
  // P0030301MFG2: what phones leave the factory with
  { pattern: /^P0(0)3(\d{2})(\d{2})MFG(\d|X)$/, version: ([a, b]) => dashed([a ?? '', b ?? '']) },
  // P0S30202, P0030100: the 8.3 names of the first releases
  { pattern: /^P0([0S])3(\d{2})(\d{2})$/, version: dashed },
  // P0S3Zxxx: before release 2.2, of no stated version
  { pattern: /^P0(S)3Z\w{3}$/, version: () => dashed(['1', '0']) },
];

function dashed(groups: readonly string[]): Version {
  const [major = 0, minor = 0, maintenance = 0, sub = 0] = groups.map(Number);
  return { major, minor, maintenance, sub };
}

const extension = /\.(bin|sbn|sb2|loads)$/i;

/** Undefined when the name is of no generation of these phones' images. */
export function parseImageName(text: string): ImageName | undefined {
  const { name, findings } = repair(text);
  for (const { pattern, kind = 'application', version } of generations) {
    const match = pattern.exec(name);
    if (!match) continue;
    const [, letter = '0', ...groups] = match;
    const numbers = version(groups);
    return {
      text,
      canonical: name,
      key: keyOf(name),
      kind,
      protocol: kind === 'loader' ? 'none' : protocols[letter as ProtocolLetter],
      ...numbers,
      signed: numbers.major >= 5,
      findings,
    };
  }
  return undefined;
}

/** Numbers between hyphens are padded in some releases and not in others: `07-5-00`, `8-12-00`. */
function keyOf(name: string): string {
  return name.replace(/-0+(?=\d)/g, '-');
}

/** The name as the file is called, with a finding for each thing that had to be mended. */
function repair(text: string): { name: string; findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const step = (code: string, from: string, to: string, what: string) => {
    if (from !== to) findings.push({ code, severity: 'warning', text: `"${text}": ${what}` });
    return to;
  };
  let name = step('image-name-blank', text, text.trim(), 'blanks around the name');
  name = step('image-name-extension', name, name.replace(extension, ''), 'named with extension');
  name = step('image-name-case', name, name.toUpperCase(), 'letters are upper case');
  name = step('image-name-letter-o', name, zeroForO(name), 'letter O where a zero belongs');
  return { name, findings };
}

/** `POS3-O8-12-00` -> `P0S3-08-12-00`: no image name has the letter O. */
function zeroForO(name: string): string {
  return /^P[O0]/.test(name) ? name.replaceAll('O', '0') : name;
}

/** As parseImageName, for names that are known to be right. Throws a TypeError otherwise. */
export function imageName(text: string): ImageName {
  const name = parseImageName(text);
  if (!name) throw new TypeError(`"${text}" is no image name of a Cisco 7940/7960`);
  return name;
}

export function sameImage(a: ImageName, b: ImageName): boolean {
  return a.key === b.key;
}

/** Release as people say it: `8.12`, `3.2(6)`. */
export function releaseOf(name: ImageName): string {
  const base = `${name.major}.${name.minor}`;
  return name.protocol === 'SCCP' ? `${base}(${name.maintenance})` : base;
}
