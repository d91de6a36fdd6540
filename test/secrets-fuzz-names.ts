import type { Mac } from '../src/wire/mac.ts';

/** A number from 0 to below 1. */
export type Random = () => number;

export function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)]!;
}

const patterns = [
  // What there is comes more often.
  ...['SIP%.cnf', 'SEP%.cnf.xml', 'SIP%.cnf', 'SEP%.cnf.xml', 'SIP%.cnf', 'SEP%.cnf.xml'],
  ...['MGC%.cnf', 'CTLSEP%.tlv', 'ITLSEP%.tlv', 'SEP%.cnf.xml.sgn'],
  ...['SEP%.cnf.xml.enc.sgn', 'SIP%.cnf.bak', 'SIP%.cnf~', 'SIP%', '%', '%.cnf', 'SEP%.xml'],
];
const common = [
  ...['SIPDefault.cnf', 'XMLDefault.cnf.xml', 'MGCDefault.cnf', 'OS79XX.TXT', 'dialplan.xml'],
  ...['RINGLIST.DAT', 'syncinfo.xml', 'Ringlist.xml', 'CTLFile.tlv', 'ITLFile.tlv', ''],
];

type Change = (name: string, random: Random) => string;

/** Part of a name at a random place. */
function cut(name: string, random: Random): readonly [string, string] {
  const at = Math.floor(random() * (name.length + 1));
  return [name.slice(0, at), name.slice(at)];
}

function inserted(name: string, random: Random, text: string): string {
  return cut(name, random).join(text);
}

function percent(text: string): string {
  const hex = (byte: number) => `%${byte.toString(16).padStart(2, '0')}`;
  return [...Buffer.from(text)].map(hex).join('');
}

const changes: readonly Change[] = [
  (name) => name,
  (name) => name.toLowerCase(),
  (name) => name.toUpperCase(),
  (name, random) =>
    Array.from(name)
      .map((c) => (random() < 0.5 ? c.toUpperCase() : c.toLowerCase()))
      .join(''),
  (name) => `./${name}`,
  (name) => `/${name}`,
  (name) => `//${name}`,
  (name) => `.//./${name}`,
  (name) => `../${name}`,
  (name) => `phones/../${name}`,
  (name) => `phones/${name}`,
  (name) => `PHONES/./${name}`,
  (name) => `files/${name}`,
  (name) => `../files/${name}`,
  (name) => `${name}/`,
  (name) => `${name}/.`,
  (name) => `${name}/..`,
  (name) => `${name}//./`,
  (name) => `${name}.`,
  (name) => `${name} `,
  (name) => ` ${name}`,
  (name) => `\\${name}`,
  (name) => `phones\\${name}`,
  (name) => `..\\${name}`,
  (name) => `${name}\0`,
  (name) => `${name}\0.sb2`,
  (name) => `${name}?x=1`,
  (name) => `${name}#x`,
  (name) => `${name};1`,
  (name) => `${name}::$DATA`,
  (name) => name.slice(1),
  (name) => name.slice(0, -1),
  (name) => `${name}${name}`,
  (name) => `${name}/${name}`,
  (name, random) => cut(name, random)[0],
  (name, random) => cut(name, random)[1],
  (name, random) => inserted(name, random, '\0'),
  (name, random) => inserted(name, random, '/'),
  (name, random) => inserted(name, random, '%00'),
  (name, random) => inserted(name, random, '\u200b'),
  (name, random) => inserted(name, random, pick(random, ['é', 'ı', '\xff', '*', '?', '[', ' '])),
  (name) => percent(name),
  (name) => percent(percent(name)),
  (name, random) => {
    const [before, after] = cut(name, random);
    return `${before}${percent(after.slice(0, 1))}${after.slice(1)}`;
  },
  (name) => name.replaceAll('/', '%2f').replaceAll('.', '%2e'),
  (name) => name.replaceAll('.', '%c0%ae'),
  (name) => name.replaceAll('0', 'O'),
  (name) => name.replace(/[0-9A-F]{12}/i, (mac) => mac.replace(/(..)(?!$)/g, '$1:')),
  (name) => name.replace(/[0-9A-F]{12}/i, (mac) => mac.replace(/(..)(?!$)/g, '$1-')),
  (name) => 'x/'.repeat(40) + name,
  (name) => './'.repeat(120) + name,
];

/** Names that somebody might try who looks for what is not his. */
export function namesFor(macs: readonly Mac[], more: readonly string[]) {
  const all = [...common, ...more];
  return (random: Random): string => {
    const mac = random() < 0.9 ? pick(random, macs) : randomMac(random);
    const plain = random() < 0.65 ? pick(random, patterns).replace('%', mac) : pick(random, all);
    const times = random() < 0.5 ? 0 : random() < 0.7 ? 1 : 2;
    let name = plain;
    for (let time = 0; time < times; time++) name = pick(random, changes)(name, random);
    return name;
  };
}

function randomMac(random: Random): string {
  const digits = Array.from({ length: 12 }, () => Math.floor(random() * 16).toString(16));
  return digits.join('').toUpperCase();
}
